using IncidentHub.Pages.Dashboard;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Insight.Dashboard;

public class DashboardPageTests : ComponentTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("executive", true)]
    [InlineData("responder", true)]
    [InlineData("employee", false)]
    public void Only_roles_that_may_read_the_dashboard_see_it(string account, bool may)
    {
        var page = OpenPage(account);
        Assert.Equal("Dashboard", page.Find("h1").TextContent);
        Assert.Equal(may, page.Markup.Contains("Response metrics", StringComparison.Ordinal));
        Assert.Equal(!may, page.Markup.Contains("Not allowed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_figure_links_to_its_list()
    {
        await MakeProgramAsync();
        string[] labels = ["Open incidents", "Programs paused", "Clocks at risk", "Safeguards verified", "Tasks overdue"];
        Assert.Equal(
            ["incidents?status=open", "programs?state=paused", "incidents?due=true", "programs", "tasks?overdue=true"],
                Leads(OpenPage("executive"), labels));
    }

    [Fact]
    public async Task The_program_is_found_by_typing_and_is_in_the_URL()
    {
        await MakeProgramAsync();
        var page = OpenPage("executive");
        page.Act(() => page.Field("Program").Input("typ"));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll(".mud-list-item"), i =>
            i.TextContent.Contains("TYP", StringComparison.Ordinal)), Patience);
        page.Act(() => page.FindAll(".mud-list-item").First(i => i.TextContent.Contains("TYP", StringComparison.Ordinal)).Click());
        page.WaitForAssertion(() => Assert.EndsWith("/dashboard?program=TYP", Services.GetRequiredService<NavigationManager>().Uri,
            StringComparison.Ordinal), Patience);
    }

    private static IEnumerable<string?> Leads(IRenderedComponent<IComponent> page, string[] labels) =>
        labels.Select(l => page.FindAll("a.figure").First(f => f.QuerySelector(".label")!.TextContent == l).GetAttribute("href"));

    private IRenderedComponent<IComponent> OpenPage(string account)
    {
        var page = RenderAs<DashboardPage>(account);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")), Patience);
        return page;
    }

    private async Task MakeProgramAsync() => await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/programs", new
    {
        code = "TYP",
        name = "Typing",
        purpose = "Train models",
        owner = "owner",
        unit = "Research",
        regions = new[] { "US" },
        categories = new[] { "clicks" },
        lawfulBasis = "Consent",
    });
}
