using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Pauses;
using static IncidentHub.Tests.Domain.Gate.GateSamples;

namespace IncidentHub.Tests.Domain.Gate;

/// <summary>Verdicts about single batches. A permit issued at 0 s (epoch 1) is valid for 60 s; the grace period is 2 s.</summary>
public sealed class GateRulesTests
{
    private static readonly Guid Other = new("00000000-0000-7000-8000-0000000000a2");
    private static readonly EpochTerms[] Open = [Epoch(1, -100)];
    private static readonly EpochTerms[] PausedAt30 = [Epoch(1, -100), Epoch(2, 30, Active(2))];

    [Fact]
    public void What_was_collected_while_it_was_allowed_is_admitted() => Assert.Equal(GateVerdict.Admitted, Judge(Open, 20, Span(1, 15)));

    [Fact]
    public void The_whole_life_of_a_permit_may_be_used() => Assert.Null(Judge(Open, 61, Span(1, 60)).Class);

    [Theory]
    [InlineData(1, 28.9, null)]
    // Up to a second of rounding: it may have been collected at 30.5.
    [InlineData(1, 29.5, BatchClass.B)]
    [InlineData(1, 31, BatchClass.B)]
    [InlineData(31, 35, BatchClass.B)]
    [InlineData(31, 60, BatchClass.B)]
    public void A_batch_that_may_touch_the_pause_is_class_B(double start, double end, BatchClass? expected) =>
        Assert.Equal(expected, Judge(PausedAt30, 62, Span(start, end)).Class);

    [Fact]
    public void What_is_uploaded_now_was_collected_before_now() => Assert.Null(Judge(Open, 15.2, Span(1, 15)).Class);

    [Fact]
    public void An_upload_in_flight_when_the_pause_took_effect_is_admitted() => Assert.Null(Judge(PausedAt30, 32, Span(1, 20)).Class);

    [Fact]
    public void An_upload_is_in_flight_no_longer_than_the_life_of_a_permit_of_before_the_pause()
    {
        Assert.Null(Judge(PausedAt30, 30 + 63, Span(1, 20)).Class);
        var late = Judge(PausedAt30, 30 + 63.1, Span(1, 20));
        Assert.Equal((BatchClass.A, GateReason.UploadedUnderPause), (late.Class, late.Reason));
        Assert.Equal(Pause, Assert.Single(late.Pauses).Id);
    }

    [Fact]
    public void A_collector_that_acknowledged_the_stop_has_the_grace_period_and_a_second_to_finish_its_upload()
    {
        Assert.Null(Judge(PausedAt30, 33.9, Span(1, 20), Ack(2, 30.5, 31)).Class);
        Assert.Equal(BatchClass.A, Judge(PausedAt30, 34.1, Span(1, 20), Ack(2, 30.5, 31)).Class);
    }

    [Fact]
    public void After_the_end_of_a_pause_what_was_collected_while_allowed_is_admitted() =>
        Assert.Null(Judge([.. PausedAt30, Epoch(3, 500)], 600, Span(1, 20)).Class);

    [Fact]
    public void What_was_collected_during_a_pause_stays_class_B_after_it_was_lifted() =>
        Assert.Equal(BatchClass.B, Judge([.. PausedAt30, Epoch(3, 500)], 600, Span(20, 40)).Class);

    [Fact]
    public void A_permit_of_before_a_pause_is_not_valid_again_when_the_pause_is_lifted() =>
        // Collected at 50, allowed again since 40; but with a permit that the pause had ended, and its request may have had a long travel
        // time.
        Assert.Equal(BatchClass.B, Judge([.. PausedAt30, Epoch(3, 40)], 55, Span(50, 52)).Class);

    [Fact]
    public void A_permit_issued_in_the_second_in_which_collecting_was_resumed_is_valid() =>
        Assert.Null(Judge([.. PausedAt30, Epoch(3, 40.5)], 50, Span(0.3, 5, Permit(iat: 40, epoch: 3))).Class);

    [Fact]
    public void Going_on_after_the_acknowledged_stop_is_a_violation()
    {
        var verdict = Judge(PausedAt30, 40, Span(31, 36), Ack(2, 31, 31.4));
        Assert.Equal((BatchClass.C, GateReason.CollectedAfterStop), (verdict.Class, verdict.Reason));
        Assert.Equal(Pause, Assert.Single(verdict.Pauses).Id);
    }

    [Theory]
    [InlineData(31.0)]
    [InlineData(32.0)]
    public void Up_to_a_second_after_the_acknowledged_stop_is_class_B_and_no_violation(double end) =>
        Assert.Equal(BatchClass.B, Judge(PausedAt30, 40, Span(29, end), Ack(2, 31.001, 31.4)).Class);

    [Fact]
    public void Going_on_under_another_permit_after_the_acknowledged_stop_is_a_violation()
    {
        // The acknowledgement refers to the permit of 0 s; the batch to a later one, issued before the pause.
        var later = Permit(iat: 25, jti: "p2");
        Assert.Equal(BatchClass.C, Judge(PausedAt30, 60, Span(0.5, 20, later), Ack(2, 31, 31.4)).Class);
        Assert.Equal(BatchClass.B, Judge(PausedAt30, 60, Span(0.5, 6, later), Ack(2, 31, 31.4)).Class);
    }

    [Fact]
    public void Going_on_past_the_permits_end_and_the_grace_period_is_a_violation_without_an_acknowledgement() =>
        Assert.Equal(BatchClass.C, Judge(PausedAt30, 100, Span(2, 64)).Class);

    [Fact]
    public void Until_the_permits_end_and_the_grace_period_it_is_class_B() =>
        Assert.Equal(BatchClass.B, Judge(PausedAt30, 100, Span(2, 62.9)).Class);

    [Fact]
    public void Going_on_past_the_permits_end_while_it_was_allowed_is_no_violation_but_no_permit_covers_it()
    {
        var verdict = Judge(Open, 100, Span(2, 64));
        Assert.Equal((BatchClass.D, GateReason.OutsidePermit), (verdict.Class, verdict.Reason));
    }

    [Fact]
    public void An_uncertain_travel_time_is_judged_in_favour_of_the_collector() =>
        // By count it is 64 s, long after the pause at 62; but with a travel time of a minute it was at 4 s.
        Assert.NotEqual(BatchClass.C, Judge([Epoch(1, -100), Epoch(2, 62, Active(2))], 100, Span(63.5, 64)).Class);

    [Fact]
    public void A_stop_of_an_earlier_pause_says_nothing_about_what_was_collected_after_it_was_lifted()
    {
        var again = new[] { Epoch(1, -100), Epoch(2, 30, Active(2)), Epoch(3, 100), Epoch(4, 130, Active(4, id: Other)) };
        // Collected after the second pause, which it has not acknowledged yet.
        Assert.Equal(BatchClass.B, Judge(again, 140, Span(1, 25, Permit(iat: 110, epoch: 3, jti: "p2")), Ack(2, 31, 31.4)).Class);
    }

    [Fact]
    public void Of_a_stop_before_its_own_order_only_the_receipt_counts() =>
        Assert.Equal(BatchClass.B, Judge(PausedAt30, 60, Span(1, 31), Ack(2, 0, 31.4)).Class);

    [Fact]
    public void A_pause_of_one_category_quarantines_only_batches_with_that_category()
    {
        EpochTerms[] partial = [Epoch(1, -100), Epoch(2, 30, Active(2, Of(["clicks"])))];
        Assert.Null(Judge(partial, 50, Span(1, 45, null, "keystrokes")).Class);
        Assert.Equal(BatchClass.B, Judge(partial, 50, Span(1, 45, null, "keystrokes", "clicks")).Class);
    }

    [Fact]
    public void Going_on_with_a_paused_category_after_the_acknowledged_stop_is_a_violation_also_under_the_narrower_permit()
    {
        EpochTerms[] partial = [Epoch(1, -100), Epoch(2, 30, Active(2, Of(["clicks"])))];
        var narrower = Permit(iat: 32, epoch: 2, categories: ["keystrokes"], jti: "p2");
        Assert.Equal(BatchClass.C, Judge(partial, 60, Span(1, 20, narrower, "clicks"), Ack(2, 31, 31.4)).Class);
        var refused = Judge(partial, 60, Span(1, 20, narrower, "clicks"));
        Assert.Equal((BatchClass.D, GateReason.CategoryNotPermitted), (refused.Class, refused.Reason));
    }

    [Fact]
    public void A_pause_of_one_region_affects_its_collectors_and_those_without_a_region()
    {
        EpochTerms[] regional = [Epoch(1, -100), Epoch(2, 30, Active(2, Of(regions: ["DE"])))];
        Assert.Null(Judge(regional, 50, Span(1, 45)).Class);
        Assert.Equal(BatchClass.B, Judge(regional, 50, Span(1, 45, Permit(region: "DE"))).Class);
        Assert.Equal(BatchClass.B, Judge(regional, 50, Span(1, 45, Permit(region: null))).Class);
    }

    [Fact]
    public void In_a_staged_resume_only_released_devices_are_admitted()
    {
        EpochTerms[] staged = [.. PausedAt30, Epoch(3, 100, Active(2, released: 25))];
        var permit = Permit(iat: 110, epoch: 3, jti: "p2");
        Assert.Null(Judge(staged, 130, [Span(1, 10, permit)], bucket: 2_499).Class);
        Assert.Equal(BatchClass.B, Judge(staged, 130, [Span(1, 10, permit)], bucket: 2_500).Class);
    }

    [Fact]
    public void After_a_revoked_stage_what_is_collected_is_class_B()
    {
        EpochTerms[] recalled = [.. PausedAt30, Epoch(3, 100, Active(2, released: 25)), Epoch(4, 120, Active(2))];
        var permit = Permit(iat: 110, epoch: 3, jti: "p2");
        Assert.Equal(BatchClass.B, Judge(recalled, 130, [Span(1, 15, permit)], 100, Ack(2, 31, 31.4)).Class);
        Assert.Null(Judge(recalled, 130, [Span(1, 8, permit)], 100, Ack(2, 31, 31.4)).Class);
    }

    [Fact]
    public void After_termination_late_uploads_are_quarantined_without_a_pause()
    {
        EpochTerms[] ended = [Epoch(1, -100), Epoch(2, 30) with { Lifecycle = ProgramLifecycle.Terminated }];
        var verdict = Judge(ended, 200, Span(1, 20));
        Assert.Equal((BatchClass.A, false), (verdict.Class, verdict.OnlyDrills));
        Assert.Empty(verdict.Pauses);
    }

    [Fact]
    public void A_batch_quarantined_only_by_drills_is_marked()
    {
        EpochTerms[] drill = [Epoch(1, -100), Epoch(2, 30, Active(2, drill: true))];
        Assert.True(Judge(drill, 200, Span(1, 20)).OnlyDrills);
        Assert.True(Judge(drill, 60, Span(20, 40)).OnlyDrills);
        EpochTerms[] both = [.. drill, Epoch(3, 50, Active(2, drill: true), Active(3, id: Other))];
        Assert.False(Judge(both, 200, Span(1, 20)).OnlyDrills);
    }

    [Fact]
    public void Of_several_permits_the_worst_class_counts()
    {
        var first = Span(1, 20);
        var second = Span(0.5, 10, Permit(iat: 21, jti: "p2"));
        Assert.Null(Judge(Open, 40, [first, second]).Class);
        Assert.Equal(BatchClass.B, Judge(PausedAt30, 40, [first, second]).Class);
        Assert.Equal(BatchClass.C, Judge(PausedAt30, 45, [first, Span(0.5, 20, Permit(iat: 21, jti: "p2"))], 9_999,
            Ack(2, 9.4, 30.6, "p2", 21)).Class);
        // A violation is kept as evidence although another permit in the batch covers nothing.
        Assert.Equal(BatchClass.C, Judge(PausedAt30, 100, [Span(2, 64), Span(1, 2, Permit(categories: ["clicks"], jti: "p3"))]).Class);
        Assert.Equal(BatchClass.D, Judge(PausedAt30, 100, [Span(2, 40), Span(1, 2, Permit(categories: ["clicks"], jti: "p3"))]).Class);
    }

    [Fact]
    public void A_permit_of_an_epoch_that_the_hub_does_not_know_covers_nothing()
    {
        Assert.Equal(GateReason.PermitInvalid, Judge(Open, 20, Span(1, 10, Permit(epoch: 9))).Reason);
        Assert.Equal(GateReason.PermitInvalid, Judge([Epoch(5, -10)], 20, Span(1, 10, Permit(epoch: 4))).Reason);
    }

    [Fact]
    public void An_interval_in_the_future_is_refused_and_is_no_evidence()
    {
        Assert.Equal(GateReason.InTheFuture, Judge(Open, 5, Span(1, 50)).Reason);
        Assert.Equal(BatchClass.D, Judge(PausedAt30, 40, Span(1, 5_000)).Class);
    }
}
