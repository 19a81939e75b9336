using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Gate;
using IncidentHub.Tests.Switch.Pauses;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Switch.Gate;

public sealed class QuarantineHistoryTests
{
    private static readonly Guid Other = new("00000000-0000-7000-8000-0000000000b2");
    private static readonly DisposalOrder Order = new(PauseHistoryTests.Program, Disposition.Purge, "Nobody needs it.", Owner);

    [Fact]
    public void A_disposition_is_recorded_on_every_incident_without_its_reason_which_may_be_about_another_one()
    {
        var entry = QuarantineHistory.Disposed(Order, [Batch()], new(3, [Incident, Other]));
        Assert.Equal("quarantined-data.purged", entry.Action);
        Assert.Equal([null, Incident, Other], entry.Timeline.Select(e => e.IncidentId));
        Assert.All(entry.Timeline, e => Assert.Equal(("MCI: 3 quarantined batches purged", null), (e.Title, e.Body)));
    }

    [Fact]
    public void A_transaction_before_the_last_one_leaves_an_audit_record_and_no_timeline_entry()
    {
        var entry = QuarantineHistory.Disposed(Order, [Batch()], null);
        Assert.NotNull(entry.Detail);
        Assert.Empty(entry.Timeline);
    }

    private static QuarantinedBatchFacts Batch() => new(new(ProgramId, BatchClass.A, null), [Incident]);
}
