using IncidentHub.Decisions;
using IncidentHub.Domain;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Decisions;

public class DecisionHistoryTests
{
    private static readonly Guid First = SampleEvents.Id(), Second = SampleEvents.Id();

    [Fact]
    public void Every_event_of_a_decision_writes_an_audit_record_a_log_entry_and_a_timeline_entry_of_each_incident()
    {
        var decision = Make(First, Second);
        Assert.All(SampleEvents.Of("Decisions"), happened =>
        {
            var (line, entry) = (DecisionLogEntry.Of(decision, happened), DecisionHistory.Of(decision, happened));
            Assert.Equal($"decision.{line.Kind}", entry.Action);
            Assert.Equal([$"decision:{decision.Id}"], entry.Topics);
            var (subjects, topics) = Assert.Single(entry.SubjectTopics);
            Assert.Equal([First, Second], subjects);
            Assert.Equal(["decisions", "programs"], topics);
            Assert.Equal([null, First, Second], entry.Timeline.Select(e => e.IncidentId));
            // Every account can read the program's activity.
            Assert.Null(entry.Timeline[0].Body);
            Assert.Contains(Second, entry.Timeline[1].About);
            Assert.Contains(First, entry.Timeline[2].About);
            Assert.Equal([line.Body, line.Body], entry.Timeline.Skip(1).Select(e => e.Body));
            Assert.InRange(line.Title.Length, 1, 300);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => DecisionHistory.Of(decision, new SampleEvents.Unknown()));
    }

    [Fact]
    public void Without_an_incident_the_programs_activity_shows_the_full_text()
    {
        var entry = Assert.Single(DecisionHistory.Of(Make(), new CriterionMet(CriterionKind.ReasonResolved, "Looked")).Timeline);
        Assert.Equal(("D-1: Met: Reason for the pause resolved", "Looked"), (entry.Title, entry.Body));
    }

    [Fact]
    public void With_one_incident_its_timeline_entry_is_about_no_other_incident()
    {
        var entry = DecisionHistory.Of(Make(First), new CriterionMet(CriterionKind.RootCauseKnown, "A grant")).Timeline[1];
        Assert.Empty(entry.About);
        Assert.Equal("A grant", entry.Body);
    }

    private static Decision Make(params Guid[] incidents) => new("D-1", "MCI", new DecisionState
    {
        Id = SampleEvents.Id(),
        ProgramId = SampleEvents.Id(),
        Pauses = incidents.Length == 0
            ? [new(SampleEvents.Id(), null, DateTimeOffset.UnixEpoch)]
            : [.. incidents.Select(id => new CoveredPause(SampleEvents.Id(), id, DateTimeOffset.UnixEpoch))],
        Requirement = Requirement.Of(SevPolicy.Default[Sev.Major]),
        Criteria = [],
        OpenedAt = DateTimeOffset.UnixEpoch,
    });
}
