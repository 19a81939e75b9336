using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Pages.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Catalog.Programs;

public class ProgramListPageTests : ComponentTest
{
    [Fact]
    public async Task A_list_of_one_page_counts_its_states()
    {
        await Hub.LiveAsync("MCI");
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/programs", Support.Programs.Body("DRAFT"));
        var page = Show();
        page.WaitForAssertion(() => Assert.Equal(2, Rows(page)));
        Assert.Contains("Collecting 1", page.Find("nav").TextContent);
        Assert.Contains("Drafts 1", page.Find("nav").TextContent);
        Assert.DoesNotContain("Held after restore", page.Markup, StringComparison.Ordinal);
        Filter(page, "draft", rows: 1, next: false);

        // What may be collected waits for a confirmation.
        await Hub.Db.WriteAsync<Done>(async tx =>
        {
            await tx.RaiseAsync(new DatabaseRestored(null), Actor.System);
            return default(Done);
        });
        await ReceivesAsync(page, () => page.Find("nav").TextContent.Contains("Held after restore 1", StringComparison.Ordinal));
        Assert.DoesNotContain("Collecting 1", page.Find("nav").TextContent);
        Filter(page, "collecting", rows: 1, next: false);
        Assert.Contains("No program matches", page.Markup, StringComparison.Ordinal);
        Filter(page, "held", rows: 1, next: false);
        Assert.Contains("Held after restore", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matches_of_a_state_filter_are_found_behind_a_page_of_others()
    {
        var owner = await Hub.AsAsync("owner");
        for (var n = 0; n < 101; n++) await owner.MakeAsync("/api/v1/programs", Support.Programs.Body($"A-{n:000}"));
        await owner.MakeAsync("/api/v1/programs/A-000/launch");
        await Hub.LiveAsync("Z-LAST");
        await owner.MakeAsync("/api/v1/programs/Z-LAST/pauses", new { reason = "As a precaution" });
        await Hub.CountedAsync();

        var page = Show();
        page.WaitForAssertion(() => Assert.Equal((100, true), (Rows(page), page.Offers("Next"))));
        Assert.DoesNotContain("Collecting 1", page.Find("nav").TextContent);
        Filter(page, "paused", rows: 1, next: false);
        Assert.Contains("Z-LAST", page.Find("tbody").TextContent);
        // 100 drafts: one full page, and no further one.
        Filter(page, "draft", rows: 100, next: false);
    }

    private static int Rows(IRenderedComponent<IComponent> page) => page.FindAll("tbody tr").Count;

    private void Filter(IRenderedComponent<IComponent> page, string state, int rows, bool next)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/programs?state={state}");
        page.WaitForAssertion(() => Assert.Equal((rows, next), (Rows(page), page.Offers("Next"))));
    }

    private IRenderedComponent<IComponent> Show()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/programs");
        return RenderAs<ProgramListPage>("owner");
    }
}
