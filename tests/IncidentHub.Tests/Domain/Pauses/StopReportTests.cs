using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Pauses;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Pauses;

public sealed class StopReportTests
{
    private static readonly StopEvidence Silent = new(ProgramId, T0.AddSeconds(44));

    [Fact]
    public void A_collector_is_pending_until_there_is_proof() => Assert.Equal((StopProof.Pending, null), (Silent.Proof, Silent.ProvenStop));

    [Fact]
    public void An_acknowledgement_proves_the_stop_from_its_receipt() =>
        Assert.Equal(T0.AddSeconds(2), (Silent with { AckAt = T0.AddSeconds(2) }).ProvenStop);

    [Fact]
    public void An_acknowledgement_after_the_guaranteed_end_of_the_permit_does_not_make_the_stop_later() =>
        Assert.Equal(T0.AddSeconds(44), (Silent with { AckAt = T0.AddHours(9) }).ProvenStop);

    [Fact]
    public void Expiry_is_proof_only_once_it_was_recorded() =>
        Assert.Equal((StopProof.Assured, T0.AddSeconds(44)),
            ((Silent with { AssuredAt = T0.AddSeconds(50) }).Proof, (Silent with { AssuredAt = T0.AddSeconds(50) }).ProvenStop!.Value));

    [Fact]
    public void Evidence_of_continued_collecting_overrides_an_acknowledgement()
    {
        var violating = Silent with { AckAt = T0.AddSeconds(1), AssuredAt = T0.AddSeconds(50), ViolatedAt = T0.AddSeconds(60) };
        Assert.Equal((StopProof.Violating, null), (violating.Proof, violating.ProvenStop));
        Assert.False(StopReport.Of(T0, [violating]).IsFull);
    }

    [Fact]
    public void Time_to_full_stop_is_that_of_the_last_collector()
    {
        var report = StopReport.Of(T0, [Silent with { AckAt = T0.AddSeconds(1) }, Silent with { AssuredAt = T0.AddSeconds(45) }],
            idle: 3, revoked: 1);
        Assert.Equal((2, 1, 1, 0, 0, 3, 1), (report.Population, report.Confirmed, report.Assured, report.Pending, report.Violating,
            report.Idle, report.Revoked));
        Assert.Equal(TimeSpan.FromSeconds(44), report.TimeToFullStop);
    }

    [Fact]
    public void Where_nobody_held_a_permit_the_stop_is_the_pause_itself() =>
        Assert.Equal((T0, TimeSpan.Zero), (StopReport.Of(T0, []).FullStopAt!.Value, StopReport.Of(T0, []).TimeToFullStop!.Value));

    [Fact]
    public void Every_collector_is_counted_once_and_there_is_a_full_stop_only_where_all_are_proven() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(Gen.ListOf(Evidence()).ToArbitrary(), all =>
        {
            var r = StopReport.Of(T0, [.. all]);
            return r.Confirmed + r.Assured + r.Pending + r.Violating == r.Population
                && r.IsFull == (r.Proven == r.Population)
                && (r.FullStopAt is not null) == r.IsFull
                && (r.FullStopAt is null || all.All(e => e.ProvenStop <= r.FullStopAt));
        }));

    private static Gen<StopEvidence> Evidence()
    {
        var moment = Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), Gen.Choose(0, 100).Select(s => (DateTimeOffset?)T0.AddSeconds(s)));
        return from until in Gen.Choose(0, 70)
               from ack in moment
               from assured in moment
               from violated in Gen.Frequency((9, Gen.Constant<DateTimeOffset?>(null)), (1, moment))
               select new StopEvidence(ProgramId, T0.AddSeconds(until), ack, assured, violated);
    }
}
