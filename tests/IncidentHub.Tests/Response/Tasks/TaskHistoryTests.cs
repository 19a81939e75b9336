using IncidentHub.Domain.Tasks;
using IncidentHub.Response.Tasks;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Tasks;

public class TaskHistoryTests
{
    private static readonly Guid First = SampleEvents.Id(), Second = SampleEvents.Id(), Program = SampleEvents.Id();

    [Fact]
    public void Every_event_of_a_task_writes_an_audit_record_and_a_timeline_entry()
    {
        Assert.All(SampleEvents.Of("Tasks"), happened =>
        {
            var entry = TaskHistory.Of("T-1", Make(), Make(), happened);
            Assert.StartsWith("task.", entry.Action);
            Assert.Contains("tasks", Assert.Single(entry.SubjectTopics).Topics);
            Assert.Equal(Program, Assert.Single(entry.Timeline).ProgramId);
            Assert.NotEmpty(TaskHistory.Summary([happened]));
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => TaskHistory.Of("T-1", null, Make(), new SampleEvents.Unknown()));
    }

    [Fact]
    public void A_task_of_an_incident_is_recorded_there_and_not_in_the_programs_activity()
    {
        var entry = Assert.Single(TaskHistory.Of("T-1", null, Make(First), new TaskCreated("Probe")).Timeline);
        Assert.Equal((First, (Guid?)null, "T-1 opened: Probe the grants"), (entry.IncidentId, entry.ProgramId, entry.Title));
        Assert.Empty(entry.About);
    }

    [Fact]
    public void The_text_of_a_task_about_several_incidents_is_in_no_title_and_each_entry_is_about_the_others() =>
        Assert.All(SampleEvents.Of("Tasks"), happened =>
        {
            var entries = TaskHistory.Of("T-1", Make(First, Second), Make(First, Second), happened).Timeline;
            Assert.Equal([First, Second], entries.Select(e => e.IncidentId!.Value));
            Assert.Equal([Second, First], entries.Select(e => Assert.Single(e.About)));
            Assert.All(entries, e => Assert.DoesNotContain("Probe", e.Title));
            Assert.All(entries, e => Assert.StartsWith("Probe the grants", e.Body));
        });

    private static TaskState Make(params Guid[] incidents) => new()
    {
        Id = SampleEvents.Id(),
        Kind = TaskKind.Condition,
        What = "Probe the grants",
        ProgramId = Program,
        IncidentIds = incidents,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
