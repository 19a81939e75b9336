using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>Every page of the navigation, with the amount of data of the demo story.</summary>
[Collection(nameof(DemoHubCollection))]
public sealed class PageTests(DemoHub hub)
{
    /// <summary>Every page, with a role that uses it.</summary>
    public static TheoryData<string?, string> Pages => new()
    {
        { "responder", "/" }, { "employee", "/" }, { "responder", "/incidents?status=closed" }, { "responder", "/incidents/new" },
            { "responder", "/incidents/INC-241" }, { "responder", "/incidents/INC-241/timeline" },
            { "responder", "/incidents/INC-241/blast-radius" },
        { "responder", "/programs" }, { "owner", "/programs/new" }, { "owner", "/programs/MCI" }, { "owner", "/programs/CALL-NOTES" },
            { "owner", "/programs/MCI/edit" },
        { "responder", "/datasets" }, { "owner", "/datasets/new" }, { "owner", "/datasets/import" },
            { "owner", "/datasets/call-transcripts" },
            { "owner", "/datasets/call-transcripts/edit" },
        { "responder", "/flags" }, { "responder", "/flags/F-88" }, { "employee", "/flags/new" }, { null, "/flags/receipt" },
            { "privacy", "/decisions" }, { "responder", "/access-reviews/new?incident=INC-241" },
        { "privacy", "/decisions/D-11" }, { "executive", "/dashboard" }, { "executive", "/dashboard?period=year" },
            { "privacy", "/reviews?show=completed" }, { "administrator", "/causes" },
            { "responder", "/tasks" }, { "responder", "/tasks?view=board" }, { "privacy", "/obligations" }, { "administrator", "/regimes" },
            { "privacy", "/incidents/INC-241?tab=obligations" }, { "privacy", "/incidents/INC-241?tab=statements" },
            { "employee", "/notices" }, { "employee", "/notices/INC-241" },
        { "administrator", "/sev-policy" }, { "administrator", "/keys" }, { "auditor", "/audit" }, { null, "/sign-in" },
        { "administrator", "/people" }, { "administrator", "/people/responder" }, { "responder", "/account" },
            { null, "/reset?token=none" }, { "administrator", "/identity-providers" },
            { "employee", "/denied" }, { "employee", "/not-found" },
    };

    // The set-up is in production only: SetUpTests. Codes of access reviews are random: AccessReviewPageTests.
    [Fact]
    public void Every_page_is_covered()
    {
        var routes = SourceTree.Files("src/IncidentHub", "*.razor")
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "^@page \"(.+?)\"", RegexOptions.Multiline)).Select(m => m.Groups[1].Value);
        var looked = Pages.Select(p => p.Data.Item2.Split('?')[0]).ToList();
        Assert.DoesNotContain(routes, route => route is not ("/kit/empty" or "/setup" or "/access-reviews/{Code}") && !looked.Exists(p =>
            Regex.IsMatch(p, $"^{Regex.Replace(route, @"\{\w+\}", "[^/]+")}$")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public Task A_page_is_accessible_on_a_desktop_in_light(string? account, string path) => LookAtAsync(account, path, 1440, false);

    [Theory]
    [MemberData(nameof(Pages))]
    public Task A_page_is_accessible_on_a_phone_in_dark(string? account, string path) => LookAtAsync(account, path, 390, true);

    [Theory]
    [InlineData("/jobs", "#realtimeGraph svg, .metric")]
    [InlineData("/jobs/recurring", "table")]
    [InlineData("/jobs/jobs/succeeded", ".page-header")]
    [InlineData("/jobs/servers", ".page-header")]
    [InlineData("/api/docs/index.html", ".opblock")]
    public async Task A_page_of_a_package_obeys_the_policy(string path, string shown)
    {
        await using var visitor = await hub.AsAsync("administrator");
        await visitor.Page.GotoAsync(path);
        await visitor.Page.Locator(shown).First.WaitForAsync();
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await visitor.LookAsync($"package{path.Replace('/', '-')}");
        Assert.True(visitor.Complaints.Count == 0, string.Join('\n', visitor.Complaints));
    }

    [Fact]
    public async Task The_dashboard_fits_one_screen_and_one_printed_page()
    {
        await using var visitor = await hub.AsAsync("executive");
        await visitor.GoAsync("/dashboard");
        Assert.True(await visitor.Page.EvaluateAsync<int>("() => document.querySelector('main').scrollHeight + 52") <= 900 + 48);
        var pdf = await visitor.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });
        var pages = Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b");
        Assert.Equal(1, pages);
    }

    [Fact]
    public async Task The_palette_finds_a_program_and_opens_its_page()
    {
        await using var visitor = await hub.AsAsync("responder");
        await visitor.GoAsync("/");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump to" }).FillAsync("MCI");
        await visitor.Page.Locator("#palette-list").GetByText("MCI Model Capability Initiative").ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Regex("/programs/MCI$"));
        await Assertions.Expect(visitor.Page.Locator(".palette")).ToBeHiddenAsync();
    }

    private async Task LookAtAsync(string? account, string path, int width, bool dark)
    {
        await using var visitor = await hub.AsAsync(account, width, dark);
        await visitor.GoAsync(path);
        await visitor.LookAsync(
            $"page{path.Replace('/', '-').Replace('?', '-')}-{account ?? "nobody"}-{width}-{(dark ? "dark" : "light")}");
        Assert.Empty(await A11y.FaultsAsync(visitor.Page));
        Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
        Assert.Empty(visitor.Complaints);
    }
}
