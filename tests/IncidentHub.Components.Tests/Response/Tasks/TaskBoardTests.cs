using IncidentHub.Response.Tasks;
using IncidentHub.Response.Tasks.Parts;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Components.Tests.Response.Tasks;

public class TaskBoardTests : ComponentTest
{
    [Fact]
    public async Task Each_task_stands_under_its_status_and_is_moved_by_its_buttons_with_the_same_command()
    {
        var responder = await StartAsync("Fix", "Remove the grant");
        await responder.MakeAsync("/api/v1/tasks", new { what = "Read the grants", program = "MCI" });
        var page = Open();
        Assert.Equal(2, page.FindAll("[aria-label=Open] .task").Count);
        page.Press("Mark done: Remove the grant");
        page.Act(() => page.Field("What was done").Change("Removed."));
        await page.Find(".mud-dialog form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("[aria-label='To verify'] .task")));
        Assert.Single(page.FindAll("[aria-label=Open] .task"));
        // Its doer is not offered to verify it.
        Assert.DoesNotContain(page.FindAll("button"), b => b.GetAttribute("aria-label") == "Verify: Remove the grant");
    }

    [Theory]
    [InlineData("General", TaskStatus.AwaitingCheck, null)]
    [InlineData("General", TaskStatus.Closed, "What was done")]
    [InlineData("Fix", TaskStatus.AwaitingCheck, "What was done")]
    [InlineData("Notify", TaskStatus.Cancelled, "Reason")]
    public async Task A_dropped_task_asks_for_what_its_command_needs_and_stays_where_it_is_until_then(
        string kind, TaskStatus to, string? asked)
    {
        await StartAsync(kind, "Read the grants");
        var page = Open();
        await DropAsync(page, to);
        if (asked is null) Assert.Empty(page.FindAll(".mud-dialog"));
        else Assert.NotNull(page.Field(asked));
        Assert.Single(page.FindAll("[aria-label=Open] .task"));
    }

    [Fact]
    public async Task A_refused_move_is_told_and_changes_nothing()
    {
        var responder = await StartAsync("Fix", "Remove the grant");
        var page = Open();
        await DropAsync(page, TaskStatus.Closed);
        await page.Find(".mud-dialog form").SubmitAsync();
        Assert.Equal("This field is required.", page.Error("What was done"));
        Assert.Equal("Open", (await responder.ReadAsync("/api/v1/tasks/T-1")).Text("status"));
    }

    private async Task<HttpClient> StartAsync(string kind, string what)
    {
        await Hub.LiveAsync("MCI");
        var responder = await Hub.AsAsync("responder");
        await responder.MakeAsync("/api/v1/tasks", new { what, kind, program = "MCI" });
        return responder;
    }

    private IRenderedComponent<IComponent> Open()
    {
        var page = RenderAs<TaskBoard>("responder", ("Program", "MCI"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".task")));
        return page;
    }

    private static Task DropAsync(IRenderedComponent<IComponent> page, TaskStatus to)
    {
        var container = page.FindComponent<MudDropContainer<TaskView>>().Instance;
        var task = container.Items!.Single();
        return page.InvokeAsync(() => container.ItemDropped.InvokeAsync(new MudItemDropInfo<TaskView>(task, $"{to}", 0)));
    }
}
