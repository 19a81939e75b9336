using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public class IncidentTimestampsTests
{
    private static IncidentCommand Correct(TimestampKind timestamp, double? minute, int? cycle = null,
        string reason = "Found in the log.") =>
        new IncidentCommand.CorrectTimestamp(timestamp, cycle, minute is { } m ? An.Min(m) : null, reason);

    [Fact]
    public void A_correction_records_the_previous_value()
    {
        var state = An.Declared().Do(Correct(TimestampKind.Detected, -10), 5);
        var trace = Assert.IsType<TimestampCorrected>(Assert.Single(state.Events(Correct(TimestampKind.Detected, -20), 6)));
        Assert.Equal(An.Min(-10), trace.From);
        Assert.Equal(An.Min(-20), trace.To);
        Assert.Equal("Found in the log.", trace.Reason);
    }

    [Fact]
    public void A_correction_needs_a_reason() =>
        Assert.Contains("reason", An.Declared().Refused(Correct(TimestampKind.Detected, -10, reason: ""), 5).Errors!.Keys);

    [Theory]
    [InlineData(TimestampKind.Detected, 6.1)] // in the future by more than clocks may differ
    [InlineData(TimestampKind.Detected, 1)] // after the declaration
    [InlineData(TimestampKind.Contained, -31)] // before the exposure started
    [InlineData(TimestampKind.ExposureStarted, 3)] // after the containment
    [InlineData(TimestampKind.Acknowledged, 3)] // after the declaration
    public void A_timestamp_is_neither_in_the_future_nor_out_of_order(TimestampKind timestamp, double minute)
    {
        var state = An.Declared().Do(Correct(TimestampKind.ExposureStarted, -30), 1).Do(new IncidentCommand.Contain(An.Min(2), ""), 5);
        Assert.Contains("at", state.Refused(Correct(timestamp, minute), 5).Errors!.Keys);
    }

    [Fact]
    public void What_was_contained_and_resolved_before_the_declaration_is_recorded_with_its_true_times()
    {
        var state = An.Declared().Do(Correct(TimestampKind.Detected, -120), 1)
            .Do(new IncidentCommand.Contain(An.Min(-130), "Ended by itself."), 2).Do(new IncidentCommand.Resolve(An.Min(-60), ""), 3);
        Assert.Equal((An.Min(-130), An.Min(-60)), (state.Current.Contained, state.Current.Resolved));
        Assert.Equal((null, null), (Measures.ToContain(state.Current), Measures.ToResolve(state.Current)));
        Assert.Contains("at", state.Refused(Correct(TimestampKind.Resolved, -121), 4).Errors!.Keys);
        Assert.Contains("at", state.Refused(Correct(TimestampKind.Contained, -59), 4).Errors!.Keys);
        Assert.Equal(An.Min(3), state.Do(Correct(TimestampKind.Declared, 3), 4).Current.Opened);
    }

    [Fact]
    public void A_reopened_incident_may_have_been_contained_again_before_it_was_reopened()
    {
        var state = An.That(IncidentStatus.Contained).Do(new IncidentCommand.Reopen("Again.", 1), 49)
            .Do(new IncidentCommand.Contain(An.Min(40), ""), 50);
        Assert.Equal(An.Min(40), state.Current.Contained);
        Assert.Null(Measures.ToContain(state.Current));
        Assert.Contains("at", state.Refused(Correct(TimestampKind.Contained, 9, cycle: 2), 51).Errors!.Keys);
    }

    [Fact]
    public void Unknown_timestamps_between_do_not_hide_a_wrong_order()
    {
        var state = An.Declared().Do(Correct(TimestampKind.ExposureStarted, -30), 5);
        Assert.Contains("at", state.Refused(Correct(TimestampKind.Acknowledged, -31), 6).Errors!.Keys);
    }

    [Fact]
    public void A_timestamp_can_become_unknown_again()
    {
        var state = An.Declared().Do(Correct(TimestampKind.Detected, -10), 5);
        Assert.Null(state.Do(Correct(TimestampKind.Detected, null), 6).Timestamps.Detected);
    }

    [Fact]
    public void The_first_cycle_opens_when_the_incident_is_declared()
    {
        var state = An.Declared().Do(Correct(TimestampKind.Acknowledged, -10), 4).Do(Correct(TimestampKind.Declared, -5), 5);
        Assert.Equal(An.Min(-5), state.Current.Opened);
        Assert.Contains("timestamp", state.Refused(Correct(TimestampKind.Opened, -6), 6).Errors!.Keys);
        Assert.Contains("at", state.Refused(Correct(TimestampKind.Declared, null), 6).Errors!.Keys);
    }

    [Fact]
    public void What_has_not_happened_is_not_set_by_a_correction()
    {
        var state = An.Declared();
        foreach (var timestamp in new[] { TimestampKind.Contained, TimestampKind.Resolved, TimestampKind.Closed, TimestampKind.PauseOrdered,
            TimestampKind.CollectionStopped })
            Assert.Contains("timestamp", state.Refused(Correct(timestamp, 1), 5).Errors!.Keys);
    }

    [Fact]
    public void What_has_happened_is_not_made_unknown() =>
        Assert.Contains("at", An.That(IncidentStatus.Contained).Refused(Correct(TimestampKind.Contained, null), 30).Errors!.Keys);

    [Fact]
    public void An_earlier_cycle_can_be_corrected_inside_its_bounds()
    {
        var state = An.That(IncidentStatus.Contained).Do(new IncidentCommand.Reopen("Again.", 1), 49);
        Assert.Equal(An.Min(8), state.Do(Correct(TimestampKind.Contained, 8, cycle: 1), 50).Cycles[0].Contained);
        Assert.Contains("at", state.Refused(Correct(TimestampKind.Contained, 49.5, cycle: 1), 50).Errors!.Keys);
        Assert.Contains("timestamp", state.Refused(Correct(TimestampKind.Resolved, 30, cycle: 1), 50).Errors!.Keys);
        Assert.Contains("cycle", state.Refused(Correct(TimestampKind.Contained, 8, cycle: 3), 50).Errors!.Keys);
        Assert.Contains("cycle", state.Refused(Correct(TimestampKind.Detected, -8, cycle: 1), 50).Errors!.Keys);
    }

    [Fact]
    public void A_measure_without_its_timestamps_is_not_applicable_never_zero()
    {
        var state = An.Declared();
        Assert.Null(Measures.ToAcknowledge(state.Timestamps));
        Assert.Null(Measures.ToPause(state.Current));
        Assert.Null(Measures.ToProvenStop(state.Current));
        Assert.Null(Measures.ToContain(state.Current));
        Assert.Null(Measures.ToResolve(state.Current));
    }

    [Fact]
    public void Each_cycle_is_measured_from_its_own_opening()
    {
        var state = An.That(IncidentStatus.Contained).Do(new IncidentCommand.Reopen("Again.", 1), 49)
            .Do(new IncidentCommand.Contain(null, ""), 52);
        Assert.Equal([TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(3)], state.Cycles.Select(c => Measures.ToContain(c)!.Value));
    }
}
