using System.Text.RegularExpressions;
using System.Net.Http.Json;
using IncidentHub.Browser.Tests.Forms;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests;

/// <summary>The switch on the program page, observed while the sample agent stops.</summary>
[Collection(nameof(SharedHubCollection))]
public sealed class SwitchTests(SharedHub hub)
{
    [Fact]
    public async Task Two_clicks_pause_a_program_with_a_preview_of_the_effects_and_every_open_page_shows_the_stop()
    {
        var owner = await ClientAsync("owner");
        var code = await ProgramAsync(owner, ttl: 6, renewal: 1);
        var key =
            (await owner.MakeAsync("/api/v1/keys", new
            {
                name = "Workstations",
                programs = new[] { code },
                scopes = new[] { "enrol" },
                region = "US"
            })).Text("key");
        await using var agent = AgentProcess.Start(hub.Hub.Url, key, code);
        await agent.PrintsAsync($"{code} COLLECTING");
        await using var page = await hub.AsAsync("owner");
        await using var watcher = await hub.AsAsync("executive", width: 390, dark: true);
        foreach (var visitor in new[] { page, watcher }) await visitor.GoAsync($"/programs/{code}");
        await Assertions.Expect(Hero(page)).ToContainTextAsync("1 of 1 collector holds a permit");
        await Assertions.Expect(watcher.Page.GetByText("ws-22081")).ToHaveCountAsync(0);

        await Hero(page).GetByRole(AriaRole.Button, new() { Name = "Pause…" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Stops 1 collector, at the latest 9 s later");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Pause {code}" }).ClickAsync();

        foreach (var visitor in new[] { page, watcher })
        {
            await Assertions.Expect(Hero(visitor)).ToHaveAttributeAsync("data-state", "Paused");
            await Assertions.Expect(Hero(visitor)).ToContainTextAsync("1 of 1 collector proven stopped");
            await Assertions.Expect(Hero(visitor)).ToContainTextAsync("1 confirmed");
            await visitor.LookAsync($"switch-paused-{(visitor == page ? 1440 : 390)}");
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.True(await A11y.OverflowAsync(visitor.Page) <= 0, "wider than the window");
            Assert.Empty(visitor.Complaints);
        }
        await agent.PrintsAsync("is confirmed");
    }

    [Fact]
    public async Task After_a_pause_by_keyboard_the_focus_is_at_the_switch_although_its_button_is_gone()
    {
        var code = await ProgramAsync(await ClientAsync("owner"));
        await using var page = await hub.AsAsync("owner");
        await page.GoAsync($"/programs/{code}");
        await Hero(page).GetByRole(AriaRole.Button, new() { Name = "Pause…" }).PressAsync("Enter");
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        // The dialog takes the focus once it is rendered: an earlier key press would go to another element.
        await page.InDialogAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Pause {code}" }).PressAsync("Enter");
        await Assertions.Expect(Hero(page)).ToHaveAttributeAsync("data-state", "Paused");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(Hero(page)).ToBeFocusedAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_proposed_pause_counts_down_and_is_declined_only_with_a_reason()
    {
        var code = await ProgramAsync(await ClientAsync("owner"));
        await (await ClientAsync("responder"))
            .MakeAsync(
            "/api/v1/incidents", new
            {
                title = "Snapshot blur disabled",
                sev = 3,
                programs = new[] { new { program = code, kind = "Source" } }
            });
        await using var page = await hub.AsAsync("owner");
        await page.GoAsync($"/programs/{code}");
        await Assertions.Expect(Hero(page)).ToHaveAttributeAsync("data-state", "PauseProposed");
        await Assertions.Expect(Hero(page)).ToContainTextAsync(new Regex(@"SEV 3 Moderate: active in (5\d:\d\d|1:00:00)"));

        await Hero(page).GetByRole(AriaRole.Button, new() { Name = "Decline with a reason…" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Decline the pause" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("This field is required");
        await dialog.GetByLabel("Reason").FillAsync("Both builds were withdrawn <b>yesterday</b>");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Decline the pause" }).ClickAsync();
        await Assertions.Expect(Hero(page)).ToHaveAttributeAsync("data-state", "Collecting");
        await Assertions.Expect(page.Page.GetByText("Both builds were withdrawn <b>yesterday</b>").First).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_partial_pause_shows_what_stops_and_that_the_rest_is_collected()
    {
        var code = await ProgramAsync(await ClientAsync("owner"));
        await using var page = await hub.AsAsync("responder", width: 390);
        await page.GoAsync($"/programs/{code}");
        await Hero(page).GetByRole(AriaRole.Button, new() { Name = "Pause…" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Part of it").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Pause {code}" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("Choose what stops");
        await dialog.GetByLabel("Clicks").CheckAsync();
        await dialog.GetByLabel("Reason").FillAsync("Only clicks are doubtful");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Pause {code}" }).ClickAsync();
        await Assertions.Expect(Hero(page)).ToHaveAttributeAsync("data-state", "PartlyPaused");
        await Assertions.Expect(Hero(page)).ToContainTextAsync("Stopped: Clicks. The rest collects.");
    }

    [Fact]
    public async Task A_drill_is_labelled_as_a_drill_everywhere_and_ends_automatically()
    {
        var owner = await ClientAsync("owner");
        var code = await ProgramAsync(owner);
        await using var page = await hub.AsAsync("owner");
        await using var watcher = await hub.AsAsync("executive", width: 390, dark: true);
        foreach (var visitor in new[] { page, watcher }) await visitor.GoAsync($"/programs/{code}");
        await Assertions.Expect(Hero(watcher).GetByRole(AriaRole.Button, new() { Name = "Run a drill…" })).ToHaveCountAsync(0);
        await Hero(page).GetByRole(AriaRole.Button, new() { Name = "Run a drill…" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("They stop for real and collect again by themselves when the drill ends.");
        await dialog.PutAsync("How long", "15 minutes");
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"Start the drill on {code}" }).ClickAsync();
        foreach (var visitor in new[] { page, watcher })
        {
            await Assertions.Expect(Hero(visitor)).ToHaveAttributeAsync("data-state", "Drill");
            await Assertions.Expect(Hero(visitor)).ToContainTextAsync(new Regex(@"Planned, ends in (1[0-4]:\d\d|15:00)"));
            await visitor.LookAsync($"switch-drill-{(visitor == page ? 1440 : 390)}");
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.Empty(visitor.Complaints);
        }
        await Assertions.Expect(page.Page.GetByText("A drill ends as planned. It needs no decision.")).ToBeVisibleAsync();

        // A drill of seconds, so that the test covers its end.
        var quick = await ProgramAsync(owner);
        await page.GoAsync($"/programs/{quick}");
        await owner.MakeAsync($"/api/v1/programs/{quick}/pauses", new { reason = "A short drill", drillSeconds = 2 });
        await Assertions.Expect(page.Page.GetByText("Last drill")).ToBeVisibleAsync();
        await Assertions.Expect(Hero(page)).ToHaveAttributeAsync("data-state", "Collecting");
    }

    [Fact]
    public async Task A_staged_resume_is_recommended_approved_and_paused_again()
    {
        var (owner, responder, second, privacy) = (await ClientAsync("owner"), await ClientAsync("responder"),
            await ClientAsync("responder-2"), await ClientAsync("privacy"));
        var code = await ProgramAsync(owner);
        var incident =
            (await responder.MakeAsync(
            "/api/v1/incidents", new
            {
                title = "Readable by a team",
                sev = 2,
                programs = new[] { new { program = code, kind = "Source" } }
            })).Text("code");
        await responder.MakeAsync($"/api/v1/incidents/{incident}/contain", new { });
        var decision = (await privacy.ReadAsync($"/api/v1/decisions?program={code}")).GetProperty("items")[0].Text("code");
        foreach (var criterion in (await privacy.ReadAsync($"/api/v1/decisions/{decision}")).GetProperty("criteria").EnumerateArray())
            await second.MakeAsync($"/api/v1/decisions/{decision}/criteria/{criterion.Text("kind")}/meet",
                new { evidence = "Looked, and it holds." });

        await using var page = await hub.AsAsync("responder");
        await page.GoAsync($"/decisions/{decision}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Recommend…" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^Resume(?! with)") }).CheckAsync();
        await dialog.PutAsync("Reason", "Everything was checked.");
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^In stages") }).CheckAsync();
        await dialog.PutAsync("Stage 2: percent of collectors", "3");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Recommend", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("A whole percentage above 5 and below 100");
        await dialog.PutAsync("Stage 2: percent of collectors", "40");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Recommend", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText("5 % for 24 h, 40 % for 24 h, then all collectors."))
            .ToBeVisibleAsync();
        foreach (var approver in new[] { owner, privacy }) await approver.MakeAsync($"/api/v1/decisions/{decision}/approve", new { });

        await using var phone = await hub.AsAsync("owner", width: 390);
        foreach (var visitor in new[] { page, phone })
        {
            await visitor.GoAsync($"/programs/{code}");
            await Assertions.Expect(Hero(visitor)).ToHaveAttributeAsync("data-state", "Resuming");
            await Assertions.Expect(Hero(visitor)).ToContainTextAsync("Resuming, stage 1 of 3");
            await Assertions.Expect(Hero(visitor)).ToContainTextAsync($"5 % of the collectors may collect, by {decision}");
            await visitor.LookAsync($"switch-resuming-{(visitor == page ? 1440 : 390)}");
            Assert.Empty(await A11y.FaultsAsync(visitor.Page));
            Assert.Empty(visitor.Complaints);
        }
        await Hero(page).GetByRole(AriaRole.Button, new() { Name = "Pause again…" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = $"Pause {code}" }).ClickAsync();
        foreach (var visitor in new[] { page, phone }) await Assertions.Expect(Hero(visitor))
            .ToHaveAttributeAsync("data-state", "Paused");
        await Assertions.Expect(page.Page.GetByText("2 active")).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Open the decision" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_key_is_shown_once()
    {
        var code = await ProgramAsync(await ClientAsync("owner"));
        await using var page = await hub.AsAsync("owner");
        await page.GoAsync($"/programs/{code}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Keys…" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("What it is for").FillAsync("First wave");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make key" }).ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Key", new() { Exact = true })).ToHaveValueAsync(new Regex("^ihk_"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("First wave");
        Assert.DoesNotContain("ihk_", await page.Page.ContentAsync());
    }

    private static ILocator Hero(Visitor visitor) => visitor.Page.Locator("[data-state]").First;

    private async Task<HttpClient> ClientAsync(string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(hub.Hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }

    private static async Task<string> ProgramAsync(HttpClient owner, int ttl = 60, int renewal = 20)
    {
        var code = "P-" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4));
        await owner.MakeAsync("/api/v1/programs", new
        {
            code,
            name = $"Program {code}",
            purpose = "Teach models how work is done.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks", "mouse-movements" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = ttl,
            gracePeriodSeconds = 2,
            renewalSeconds = renewal,
        });
        await owner.MakeAsync($"/api/v1/programs/{code}/launch");
        return code;
    }
}
