using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Tasks;
using IncidentHub.Response.Tasks;
using IncidentHub.Tests.Support;
using TaskStatus = IncidentHub.Domain.Tasks.TaskStatus;

namespace IncidentHub.Tests.Response.Tasks;

public class TaskStoreTests
{
    [Fact]
    public async Task What_is_saved_is_what_is_loaded_with_every_property()
    {
        await using var hub = new TestHub();
        var at = hub.Clock.Now;
        var task = new TaskState
        {
            Id = Guid.NewGuid(),
            Kind = TaskKind.Condition,
            What = "Ünïcode «task» 🔒",
            Status = TaskStatus.Closed,
            OwnerId = Guid.NewGuid(),
            OwnerName = "Owner",
            DueAt = at.AddHours(1),
            MissedAt = at.AddHours(2),
            IncidentIds = [.. new[] { Guid.NewGuid(), Guid.NewGuid() }.OrderBy(id => id.ToString("D"))],
            ProgramId = Guid.NewGuid(),
            DecisionId = Guid.NewGuid(),
            DecisionCode = "D-1",
            DatasetId = Guid.NewGuid(),
            CreatedAt = at,
            DoneById = Guid.NewGuid(),
            DoneByName = "Doer",
            DoneAt = at.AddHours(3),
            DoneNote = "Done",
            ClosedById = Guid.NewGuid(),
            ClosedByName = "Closer",
            ClosedAt = at.AddHours(4),
            ClosedNote = "Closed",
            Version = 3,
        };
        // A property that is left out here could be forgotten in the store, too.
        Assert.All(typeof(TaskState).GetProperties().Where(p => p.CanWrite), p => Assert.NotEqual(Nothing(p.PropertyType), p.GetValue(task)));
        var saved = await hub.Db.WriteAsync<TaskRecord>(async tx =>
        {
            var made = await TaskStore.InsertAsync(tx, task with { What = "Before", Version = 2 }, Actor.System, "created");
            Assert.True(await TaskStore.UpdateAsync(tx, made, task, Actor.System, "edited"));
            // Whoever loaded an older one saves nothing.
            Assert.False(await TaskStore.UpdateAsync(tx, made, task with { What = "Late" }, Actor.System, "edited"));
            return (await TaskStore.LoadAsync(tx, Actor.System, made.Code))!;
        });
        Assert.Equivalent(task, saved.Value.State, strict: true);
        Assert.Equal((Actor.System.Name, "edited"), (saved.Value.LastChange.By, saved.Value.LastChange.What));
    }

    private static object? Nothing(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;
}
