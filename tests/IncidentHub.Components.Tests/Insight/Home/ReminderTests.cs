using IncidentHub.Pages.Shell;
using IncidentHub.Tests.Support;

namespace IncidentHub.Components.Tests.Insight.Home;

public class ReminderTests : ComponentTest
{
    [Fact]
    public async Task An_open_page_counts_a_task_once_it_becomes_due_although_nothing_changed()
    {
        await Hub.LiveAsync("MCI");
        await (await Hub.AsAsync("responder")).MakeAsync("/api/v1/tasks",
            new { what = "Read the grants", program = "MCI", owner = "owner", dueAt = Hub.Clock.Now.AddHours(24).AddSeconds(1) });
        var nav = RenderAs<SideNav>("owner", ("Path", ""));
        nav.WaitForAssertion(() => Assert.Contains("Tasks", nav.Markup));
        Assert.DoesNotContain("1 due", nav.Markup);
        Hub.Clock.Advance(TimeSpan.FromSeconds(2));
        nav.WaitForAssertion(() => Assert.Contains("1 due", nav.Markup));
    }
}
