using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Incidents;
using IncidentHub.Response.LegalHolds;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.LegalHolds;

public class HoldHistoryTests
{
    private static readonly IncidentFacts Incident = new()
    {
        Id = SampleEvents.Id(),
        Code = "INC-1",
        Title = "An incident",
        Sev = IncidentHub.Domain.Sev.Major,
        Status = IncidentStatus.Investigating,
        Cycle = 1,
        Confidentiality = Confidentiality.Open,
        CommanderId = null,
        DeclaredAt = DateTimeOffset.UnixEpoch,
        Version = 1,
    };

    [Fact]
    public void Every_event_of_a_hold_is_on_its_incidents_timeline_and_in_no_programs_activity()
    {
        var hold = new HoldState(SampleEvents.Id(), Incident.Id, "Matter 12", DateTimeOffset.UnixEpoch, null);
        var program = SampleEvents.Id();
        Assert.All(SampleEvents.Of("LegalHolds"), happened =>
        {
            var entry = HoldHistory.Of(Incident, [program], hold, happened);
            Assert.StartsWith("legal-hold.", entry.Action);
            var line = Assert.Single(entry.Timeline);
            Assert.Equal((Incident.Id, (Guid?)null), (line.IncidentId, line.ProgramId));
            Assert.Empty(entry.Topics);
            var (subjects, topics) = Assert.Single(entry.SubjectTopics);
            Assert.Equal([Incident.Id], subjects);
            Assert.Equal([$"program:{program}"], topics);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => HoldHistory.Of(Incident, [], hold, new SampleEvents.Unknown()));
    }

    [Fact]
    public void A_hold_moved_by_a_merge_names_the_other_incident_by_reference()
    {
        var merged = new IncidentMergedInto(SampleEvents.Id(), "INC-RSECRT", Incident.Id, "INC-1");
        var line = Assert.Single(HoldHistory.OfMove(merged, 2).Timeline);
        Assert.Equal($"Legal hold taken over from {Reference.To(merged.FromId)}", line.Title);
        Assert.Equal([merged.FromId], line.About);
    }
}
