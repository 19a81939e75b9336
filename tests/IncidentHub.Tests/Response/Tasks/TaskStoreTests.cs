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
        var (at, owner) = (hub.Clock.Now, TestHub.Actor("owner"));
        var task = new TaskState
        {
            Id = SampleEvents.Id(),
            Kind = TaskKind.Condition,
            What = "Ünïcode «task» 🔒",
            Status = TaskStatus.Closed,
            OwnerId = owner.Id,
            OwnerName = owner.Name,
            DueAt = at.AddHours(1),
            MissedAt = at.AddHours(2),
            IncidentIds = [.. new[] { SampleEvents.Id(), SampleEvents.Id() }.OrderBy(id => id.ToString("D"))],
            ProgramId = SampleEvents.Id(),
            DecisionId = SampleEvents.Id(),
            DecisionCode = "D-1",
            DatasetId = SampleEvents.Id(),
            CreatedAt = at,
            DoneById = SampleEvents.Id(),
            DoneByName = "Doer",
            DoneAt = at.AddHours(3),
            DoneNote = "Done",
            ClosedById = SampleEvents.Id(),
            ClosedByName = "Closer",
            ClosedAt = at.AddHours(4),
            ClosedNote = "Closed",
            Version = 3,
        };
        // A property that is left out here could be forgotten in the store, too.
        Assert.All(typeof(TaskState).GetProperties().Where(p => p.CanWrite),
            p => Assert.NotEqual(p.PropertyType.IsValueType ? Activator.CreateInstance(p.PropertyType) : null, p.GetValue(task)));
        var saved = await hub.Db.WriteAsync<TaskRecord>(async tx =>
        {
            var made = await TaskStore.InsertAsync(tx, task with { What = "Before", Version = 2 }, owner, "created");
            Assert.True(await TaskStore.UpdateAsync(tx, made, task, owner, "edited"));
            // Whoever loaded an older one saves nothing.
            Assert.False(await TaskStore.UpdateAsync(tx, made, task with { What = "Late" }, owner, "edited"));
            return (await TaskStore.LoadAsync(tx, owner, made.Code))!;
        });
        Assert.Equivalent(task, saved.Value.State, strict: true);
        Assert.Equal((owner.Name, "edited"), (saved.Value.LastChange.By, saved.Value.LastChange.What));
    }
}
