using IncidentHub.Response.Tasks;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.Tasks;

public class TaskOrderTests
{
    [Fact]
    public async Task Tasks_are_listed_by_due_time_over_all_pages_and_those_without_one_last()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var incident = await scene.DeclareAsync(5);
        var now = scene.Hub.Clock.Now;
        foreach (var (what, hours) in ((string, int?)[])[("undated", null), ("third", 5), ("first", 1), ("also undated", null),
            ("second", 3), ("also third", 5)])
            await scene.Responder.MakeAsync("/api/v1/tasks",
                new { what, incident, dueAt = hours is { } h ? now.AddHours(h) : (DateTimeOffset?)null });

        var queries = scene.Hub.Services.GetRequiredService<TaskQueries>();
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await queries.NextDueAsync(new TaskFilter { Open = true }, cursor, 2, TestHub.Actor("responder"));
            Assert.InRange(page.Value.Items.Count, 1, 2);
            seen.AddRange(page.Value.Items.Select(t => t.What));
            cursor = page.Value.NextCursor;
        }
        while (cursor is not null);
        Assert.Equal(["first", "second", "third", "also third", "undated", "also undated"], seen);
        Assert.Equal(
            "cursor",
            Assert.Single((await queries.NextDueAsync(new TaskFilter(), "7", null, TestHub.Actor("responder"))).Refusal!.Errors!).Key);
    }

    /// <summary>However many there are, what is due next is not behind those that were added last.</summary>
    [Fact]
    public async Task A_card_begins_with_the_open_tasks_due_next_today_and_as_it_was_known()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var incident = await scene.DeclareAsync(5);
        var now = scene.Hub.Clock.Now;
        foreach (var (what, hours) in ((string, int?)[])[("cancelled first", 1), ("soon", 2), ("undated", null), ("later", 9),
            ("cancelled last", 1)])
            await scene.Responder.MakeAsync("/api/v1/tasks",
                new { what, incident, dueAt = hours is { } h ? now.AddHours(h) : (DateTimeOffset?)null });
        foreach (var code in new[] { "T-1", "T-5" }) await scene.Responder.MakeAsync($"/api/v1/tasks/{code}/cancel", new { reason = "Twice." });

        var expected = new[] { "soon", "later", "undated", "cancelled last", "cancelled first" };
        scene.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        var viewer = TestHub.Actor("responder");
        for (var count = 1; count <= 5; count++)
        {
            var today = (await scene.Hub.Services.GetRequiredService<TaskQueries>()
                .OpenFirstAsync(new TaskFilter { Incident = incident }, count, viewer)).Value;
            Assert.Equal(expected.Take(count), today.Tasks.Select(t => t.What));
            Assert.Equal(count < 5, today.More);
            var then = (await scene.Hub.Services.GetRequiredService<TaskSnapshots>()
                .OpenFirstAsync(incident, scene.Hub.Clock.Now, count, viewer)).Value;
            Assert.Equal(expected.Take(count), then.Items!.Select(t => t.What));
            Assert.Equal(count < 5, then.NextCursor is not null);
        }
    }
}
