using IncidentHub.Domain;
using IncidentHub.Domain.Obligations;

namespace IncidentHub.Tests.Domain.Obligations;

public class ObligationRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<DateOnly> NoDays = [];

    [Fact]
    public void Nothing_starts_by_itself()
    {
        var o = Tracked();
        Assert.Equal((ObligationStatus.NotTriggered, null), (o.Status, o.DueAt));
        Assert.Empty(Decide(o, new MarkLate(), Now.AddYears(1)).Value.Events);
    }

    [Fact]
    public void The_trigger_starts_the_clock_and_a_correction_moves_it()
    {
        var o = Next(Tracked(), Trigger(Now.AddHours(-80)));
        Assert.Equal((ObligationStatus.Open, Now.AddHours(-8)), (o.Status, o.DueAt));
        var late = Next(o, new MarkLate());
        Assert.Equal(Now, late.LateAt);
        Assert.Empty(Decide(late, new MarkLate(), Now.AddMinutes(1)).Value.Events);

        var corrected = Next(late, Trigger(Now.AddHours(-10)));
        Assert.Equal((Now.AddHours(62), (DateTimeOffset?)null), (corrected.DueAt!.Value, corrected.LateAt));
        var earlier = Next(corrected, Trigger(Now.AddHours(-100)));
        Assert.Equal(Now.AddHours(-28), earlier.DueAt);
        Assert.Null(earlier.LateAt);
    }

    [Fact]
    public void A_correction_into_the_time_of_an_older_version_is_judged_by_that_version()
    {
        var older = Regime() with { Version = 1, EffectiveFrom = new(2000, 1, 1), Duties = [Duty() with { Due = null }] };
        var newer = Regime() with { Version = 2, EffectiveFrom = new(2026, 6, 1) };
        var o = Next(Tracked(), new SetTrigger(Now.AddDays(-1), null, "Judged.", [older, newer], NoDays));
        Assert.Equal((2, Now.AddDays(2)), (o.Regime.Version, o.DueAt!.Value));
        var corrected = Next(o, new SetTrigger(Now.AddDays(-30), null, "Earlier.", [older, newer], NoDays));
        Assert.Equal((1, null), (corrected.Regime.Version, corrected.DueAt));
        Assert.Equal("not_in_force", Refused(o, new SetTrigger(Now.AddYears(-30), null, "Too early.", [older, newer], NoDays)));
    }

    [Fact]
    public void A_hub_that_slept_through_the_moment_records_it_once()
    {
        var o = Next(Tracked(), Trigger(Now.AddHours(-1)));
        Assert.Empty(Decide(o, new MarkLate(), o.DueAt!.Value.AddTicks(-1)).Value.Events);
        var (late, events) = Decide(o, new MarkLate(), o.DueAt.Value.AddDays(9)).Value;
        Assert.Equal(new ObligationLate(o.DueAt.Value), Assert.Single(events));
        Assert.Equal(o.DueAt.Value.AddDays(9), late.LateAt);
    }

    [Fact]
    public void Phased_notices_leave_it_open_and_the_last_one_meets_it()
    {
        var o = Next(Tracked(), Trigger(Now.AddHours(-10)));
        var first = Next(o, new RecordNotice(Now.AddHours(-2), "REF-1", "What is known.", false));
        Assert.Equal((ObligationStatus.Open, 1), (first.Status, first.Notices.Count));
        var last = Next(first, new RecordNotice(Now.AddHours(-1), "REF-2", "", true));
        Assert.Equal((ObligationStatus.Met, 2), (last.Status, last.Notices.Count));
        Assert.Equal("not_open", Refused(last, new RecordNotice(Now, "REF-3", "", true)));
        Assert.Equal(ObligationStatus.Open, Next(last, new ReopenObligation("The authority asks for more.")).Status);
    }

    [Fact]
    public void A_notice_needs_a_trigger_to_be_judged_by() =>
        Assert.Equal("not_triggered", Refused(Tracked(), new RecordNotice(Now, "REF", "", true)));

    [Fact]
    public void The_decision_not_to_notify_needs_a_reason_and_can_be_reopened()
    {
        Assert.Equal("invalid", Refused(Tracked(), new DecideNotRequired(" ")));
        var decided = Next(Tracked(), new DecideNotRequired("No personal data."));
        Assert.Equal(ObligationStatus.NotRequired, decided.Status);
        Assert.Equal("not_open", Refused(decided, Trigger(Now)));
        Assert.Equal(ObligationStatus.NotTriggered, Next(decided, new ReopenObligation("It was personal.")).Status);
    }

    [Fact]
    public void A_postponement_moves_the_due_time_and_its_end_sets_it_again()
    {
        var o = Next(Next(Tracked(), Trigger(Now.AddHours(-80))), new MarkLate());
        var delayed = Next(o, new DelayObligation("Police", "It would impede the investigation.", Now.AddDays(5)));
        Assert.Equal((ObligationStatus.Delayed, Now.AddDays(5)), (delayed.Status, delayed.DueAt!.Value));
        Assert.Null(delayed.LateAt);
        // A correction of the trigger does not undo what the authority asked for.
        Assert.Equal(delayed.DueAt, Next(delayed, Trigger(Now.AddHours(-70))).DueAt);
        var open = Next(delayed, new DelayObligation("Police", "Until further notice.", null));
        Assert.Null(open.DueAt);
        Assert.False(open.IsLate(Now.AddYears(1)));
        var ended = Next(open, new EndDelay(Now.AddHours(3), "The authority agrees."));
        Assert.Equal((ObligationStatus.Open, Now.AddHours(3), null), (ended.Status, ended.DueAt!.Value, ended.Delay));
        Assert.Equal("not_delayed", Refused(ended, new EndDelay(Now, "Again.")));
        Assert.Equal("not_open", Refused(Tracked(), new DelayObligation("Police", "Why.", null)));
    }

    [Theory]
    [InlineData(2), InlineData(-60 * 24 * 366 * 60)]
    public void A_trigger_lies_neither_in_the_future_nor_before_1970(int minutes) =>
        Assert.Equal("invalid", Refused(Tracked(), Trigger(Now.AddMinutes(minutes))));

    [Fact]
    public void Awareness_is_asked_only_where_a_duty_counts_from_it() =>
        Assert.Equal("invalid", Refused(Tracked(), new SetTrigger(Now, Now, "Judged.", [Regime()], NoDays)));

    [Fact]
    public void Changed_holidays_move_only_open_clocks()
    {
        var regime = Regime() with { Duties = [Duty() with { Due = new(4, ClockUnit.BusinessDays) }] };
        var o = Next(Tracked(), new SetTrigger(Now.AddDays(-1), null, "Judged.", [regime], NoDays));
        Assert.Equal(new(2026, 6, 25), LocalDay.Of(o.DueAt!.Value, "UTC"));
        var moved = Next(o, new RecomputeDue(new HashSet<DateOnly> { new(2026, 6, 22) }));
        Assert.Equal(new(2026, 6, 26), LocalDay.Of(moved.DueAt!.Value, "UTC"));
        Assert.Empty(Decide(moved, new RecomputeDue(new HashSet<DateOnly> { new(2026, 6, 22) }), Now).Value.Events);
    }

    [Theory]
    [InlineData("72 h", TriggerFact.Awareness, true, true, 72)]
    [InlineData("72 h", TriggerFact.Awareness, true, false, 72)] // hours need no calendar
    [InlineData("72 h", TriggerFact.Awareness, false, true, null)] // when it was detected is not known
    [InlineData("72 h", TriggerFact.EarlierNotice, true, true, null)]
    [InlineData(null, TriggerFact.HighRisk, true, true, null)]
    [InlineData("4 bd", TriggerFact.Materiality, true, true, 120)] // over a weekend
    [InlineData("4 bd", TriggerFact.Materiality, true, false, null)]
    public void The_worst_case_is_said_only_where_all_that_it_follows_from_is_known(
        string? term, TriggerFact trigger, bool detected, bool holidays, int? hours)
    {
        ClockTerm? due = ClockTerm.TryParse(term, out var known) ? known : null;
        var o = Tracked() with { Regime = Regime() with { Duties = [Duty() with { Due = due, Trigger = trigger }] } };
        var worst = o.WorstCase(detected ? Now : null, holidays ? NoDays : null);
        Assert.Equal(hours is { } later ? Now.AddHours(later) : null, worst);
        Assert.Null((o with { Status = ObligationStatus.NotRequired }).WorstCase(Now, NoDays));
    }

    [Theory]
    [InlineData("EU", "DE", null, true)]
    [InlineData("US-CA", "US", null, true)] // the whole contains the part
    [InlineData("US-CA", "US-NY", null, false)]
    [InlineData("EU", "US", null, false)]
    [InlineData("EU", null, null, true)] // an unknown region counts as the worse case
    [InlineData("EU", "DE", "clicks", false)]
    [InlineData("EU", "DE", "health-data", true)]
    public void A_regime_is_proposed_where_region_and_category_match(string of, string? region, string? category, bool proposed)
    {
        var regime = Regime() with { Regions = [of], Categories = category is null ? [] : ["health-data"] };
        var exposed = new ExposedData(category is null ? ["clicks"] : [category], region is null ? [] : [region], 10);
        Assert.Equal(proposed, ObligationProposals.Of([regime], [exposed]).Count == 1);
        Assert.Empty(ObligationProposals.Of([regime with { IsProposed = false }], [exposed]));
        Assert.Empty(ObligationProposals.Of([regime], []));
    }

    [Theory]
    [InlineData(500L, 1), InlineData(501L, 2), InlineData(null, 2)]
    public void A_duty_above_a_number_of_people_is_proposed_above_it_or_where_it_is_unknown(long? subjects, int duties)
    {
        var regime = Regime() with { Duties = [Duty(), Duty() with { Key = "authority", MoreThanSubjects = 500 }] };
        Assert.Equal(duties, ObligationProposals.Of([regime], [new([], [], subjects)]).Single().Duties.Count);
    }

    [Fact]
    public void People_of_several_exposures_may_be_different_ones()
    {
        var regime = Regime() with { Duties = [Duty() with { MoreThanSubjects = 500 }] };
        Assert.Single(ObligationProposals.Of([regime], [new([], [], 300), new([], [], 300)]));
    }

    private static Duty Duty() => new()
    {
        Key = "people",
        Name = "Notify",
        Trigger = TriggerFact.Discovery,
        Due = new(72, ClockUnit.Hours),
        Says = "What happened.",
    };

    private static Regime Regime() => new()
    {
        Code = "TEST",
        Version = 1,
        Name = "A regime",
        EffectiveFrom = new(2000, 1, 1),
        Duties = [Duty()],
        Source = "A source",
        CheckedOn = new(2026, 1, 1),
    };

    private static ObligationState Tracked() =>
        ObligationRules.Track(OrderedId.Next(Now), OrderedId.Next(Now), Regime(), Regime().Duties[0], Now).Next;

    private static SetTrigger Trigger(DateTimeOffset at) => new(at, null, "Judged.", [Regime()], NoDays);

    private static Result<Accepted<ObligationState>> Decide(ObligationState o, ObligationCommand command, DateTimeOffset at) =>
        ObligationRules.Decide(o, command, "Privacy", at);

    private static ObligationState Next(ObligationState o, ObligationCommand command) => Decide(o, command, Now).Value.Next;

    private static string Refused(ObligationState o, ObligationCommand command) => Decide(o, command, Now).Refusal!.Code;
}
