using IncidentHub.Features.Programs.Pages;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Components.Tests.Features.Programs;

public class ProgramListPageTests : ComponentTest
{
    [Fact]
    public async Task A_list_of_one_page_counts_its_states()
    {
        await Hub.LiveAsync("MCI");
        await (await Hub.AsAsync("owner")).MakeAsync("/api/v1/programs", Support.Programs.Body("DRAFT"));
        var page = Show("");
        Assert.Contains("Collecting 1", page.Find("nav").TextContent);
        Assert.Contains("Drafts 1", page.Find("nav").TextContent);
        Assert.Equal(2, Rows(page));
        Assert.Equal(1, Rows(Show("?state=draft")));
    }

    [Fact]
    public async Task What_is_filtered_by_state_is_found_behind_a_page_of_others()
    {
        var owner = await Hub.AsAsync("owner");
        for (var n = 0; n < 101; n++) await owner.MakeAsync("/api/v1/programs", Support.Programs.Body($"A-{n:000}"));
        await owner.MakeAsync("/api/v1/programs/A-000/launch");
        await Hub.LiveAsync("Z-LAST");
        await owner.MakeAsync("/api/v1/programs/Z-LAST/pauses", new { reason = "As a precaution" });
        await Hub.CountedAsync();

        var all = Show("");
        Assert.Equal((100, true), (Rows(all), all.Offers("Next")));
        Assert.DoesNotContain("Collecting 1", all.Find("nav").TextContent);
        var paused = Show("?state=paused");
        Assert.Equal((1, false), (Rows(paused), paused.Offers("Next")));
        Assert.Contains("Z-LAST", paused.Find("tbody").TextContent);
        // 100 drafts: one full page, and none behind it.
        var drafts = Show("?state=draft");
        Assert.Equal((100, false), (Rows(drafts), drafts.Offers("Next")));
    }

    private static int Rows(IRenderedComponent<IComponent> page) => page.FindAll("tbody tr").Count;

    private IRenderedComponent<IComponent> Show(string query)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/programs{query}");
        var page = RenderAs<ProgramListPage>("owner");
        page.WaitForElement("tbody tr");
        return page;
    }
}
