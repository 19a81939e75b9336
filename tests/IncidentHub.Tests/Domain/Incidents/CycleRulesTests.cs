using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

public class CycleRulesTests
{
    private static readonly Cycle First = new() { Number = 1, PolicyVersion = 1, Opened = An.T0 };
    private static readonly Cycle Second = new() { Number = 2, PolicyVersion = 1, Opened = An.Min(49), Reason = "Again." };

    [Fact]
    public void The_first_order_of_a_cycle_counts()
    {
        var ordered = CycleRules.PauseOrdered([First], An.Min(2))!;
        Assert.Equal(TimeSpan.FromMinutes(2), Measures.ToPause(ordered));
        Assert.Null(CycleRules.PauseOrdered([ordered], An.Min(3)));
    }

    [Fact]
    public void A_later_order_means_that_collecting_is_not_stopped_yet()
    {
        var stopped = First with { PauseOrdered = An.T0, CollectionStopped = An.Min(1) };
        var again = CycleRules.PauseOrdered([stopped], An.Min(5))!;
        Assert.Null(again.CollectionStopped);
        Assert.Equal(An.T0, again.PauseOrdered);
        Assert.Equal(An.Min(6), CycleRules.CollectionStopped([again], An.Min(6))!.CollectionStopped);
    }

    [Fact]
    public void A_stop_proven_after_a_reopening_counts_for_the_cycle_that_ordered_it()
    {
        var first = First with { PauseOrdered = An.T0 };
        var stopped = CycleRules.CollectionStopped([first, Second], An.Min(50))!;
        Assert.Equal(1, stopped.Number);
        Assert.Equal(TimeSpan.FromMinutes(50), Measures.ToProvenStop(stopped));
        Assert.Null(Measures.ToProvenStop(Second));
    }

    [Fact]
    public void A_pause_older_than_the_incident_is_no_measure_of_it() => Assert.Null(CycleRules.PauseOrdered([First], An.Min(-1)));

    [Fact]
    public void A_stop_without_an_order_or_proven_before_is_not_recorded()
    {
        Assert.Null(CycleRules.CollectionStopped([First], An.Min(5)));
        Assert.Null(CycleRules.CollectionStopped([First with { PauseOrdered = An.T0, CollectionStopped = An.Min(1) }], An.Min(5)));
        Assert.Null(CycleRules.CollectionStopped([First with { PauseOrdered = An.Min(3) }], An.Min(2)));
    }
}
