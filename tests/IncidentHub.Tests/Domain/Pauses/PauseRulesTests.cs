using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Pauses;

public sealed class PauseRulesTests
{
    [Fact]
    public void A_pause_placed_by_a_person_is_active_at_once_and_has_a_guaranteed_stop_time()
    {
        var pause = Active();
        Assert.Equal(PauseStatus.Active, pause.Status);
        Assert.Equal(7, pause.Epoch);
        Assert.Equal(T0.AddSeconds(41 + 2 + 1), pause.GuaranteedAt);
        Assert.Equal(0, pause.ReleasedShare);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("with a \u0007 bell")]
    public void A_pause_needs_a_reason_that_can_be_read(string reason)
    {
        var refused = Refused(PauseRules.Begin(new PlacePause(Order() with { Reason = reason }) { Raised = Raised }, Owner, T0));
        Assert.Equal(RefusalKind.Invalid, refused.Kind);
        Assert.Contains("reason", refused.Errors!.Keys);
    }

    [Fact]
    public void A_reason_of_more_than_2000_characters_is_refused()
    {
        Refused(PauseRules.Begin(new PlacePause(Order() with { Reason = new string('x', 2_001) }) { Raised = Raised }, Owner, T0));
        Accepted(PauseRules.Begin(new PlacePause(Order() with { Reason = new string('x', 2_000) }) { Raised = Raised }, Owner, T0));
    }

    [Fact]
    public void A_proposed_pause_becomes_active_at_its_deadline_and_not_a_tick_before()
    {
        var pause = Proposed();
        var early = PauseRules.Decide(pause, Activate, Actor.System, pause.Deadline!.Value.AddTicks(-1));
        Assert.Equal("deadline_not_reached", Refused(early).Code);
        Assert.Equal(
            PauseStatus.Active, Accepted(PauseRules.Decide(pause, Activate, Actor.System, pause.Deadline.Value)).Status);
    }

    [Fact]
    public void A_person_may_activate_a_proposed_pause_before_its_deadline() =>
        Assert.Equal(
            PauseStatus.Active, Accepted(PauseRules.Decide(Proposed(), Activate, Owner, T0.AddSeconds(1))).Status);

    [Fact]
    public void A_worse_sev_activates_a_proposed_pause_before_its_deadline()
    {
        var pause =
            Accepted(PauseRules.Decide(Proposed(Cause(sev: Sev.Moderate)),
                new ActivatePause(Cause() with { PolicyVersion = 5 }) { Raised = Raised },
            Actor.System, T0.AddSeconds(1)));
        Assert.Equal(Cause() with { PolicyVersion = 5 }, pause.Cause);
    }

    [Fact]
    public void A_proposed_pause_is_declined_with_a_reason_only_and_before_its_deadline_only()
    {
        var pause = Proposed();
        Assert.Contains("reason", Refused(PauseRules.Decide(pause, new DeclinePause(" "), Owner, T0)).Errors!.Keys);
        Assert.Equal("deadline_passed", Refused(PauseRules.Decide(pause, new DeclinePause("No"), Owner, pause.Deadline!.Value)).Code);
        Assert.Equal(
            "Not exposed", Accepted(PauseRules.Decide(pause, new DeclinePause(" Not exposed "), Owner, T0.AddMinutes(59))).DeclineReason);
    }

    [Fact]
    public void An_active_pause_cannot_be_declined() =>
        Assert.Equal("pause_not_proposed", Refused(PauseRules.Decide(Active(), new DeclinePause("No"), Owner, T0)).Code);

    [Fact]
    public void An_active_pause_is_lifted_by_a_final_decision_and_names_it()
    {
        var lifted = Accepted(PauseRules.Decide(Active(), Lift, Actor.System, T0.AddHours(2)));
        Assert.Equal(PauseStatus.Lifted, lifted.Status);
        Assert.Equal(Decision, lifted.Decision);
    }

    [Fact]
    public void A_lift_without_a_decision_is_refused() =>
        Assert.Equal("decision_needed", Refused(PauseRules.Decide(Active(), new LiftPause(new(Guid.Empty, "")), Owner, T0)).Code);

    [Fact]
    public void A_real_pause_never_ends_as_a_drill_does() =>
        Assert.Equal("decision_needed", Refused(PauseRules.Decide(Active(), End, Actor.System, T0.AddYears(5))).Code);

    [Fact]
    public void A_drill_ends_as_planned_not_before_and_not_by_a_decision()
    {
        var drill = Drill();
        Assert.Equal(
            "drill_not_over", Refused(PauseRules.Decide(drill, End, Actor.System, drill.DrillEndsAt!.Value.AddTicks(-1))).Code);
        Assert.Equal("drill_ends_as_planned", Refused(PauseRules.Decide(drill, Lift, Owner, T0)).Code);
        Assert.Equal(PauseStatus.Lifted, Accepted(PauseRules.Decide(drill, End, Actor.System, drill.DrillEndsAt.Value)).Status);
    }

    [Fact]
    public void A_drill_belongs_to_no_incident_and_lasts_at_most_a_day()
    {
        Refused(PauseRules.Begin(new StartDrill(Order(cause: Cause()), T0.AddMinutes(5)) { Raised = Raised }, Owner, T0));
        Refused(PauseRules.Begin(new StartDrill(Order(), T0.AddHours(24).AddTicks(1)) { Raised = Raised }, Owner, T0));
        Refused(PauseRules.Begin(new StartDrill(Order(), T0) { Raised = Raised }, Owner, T0));
    }

    [Fact]
    public void A_proposal_needs_a_deadline_ahead()
    {
        Refused(PauseRules.Begin(new ProposePause(Order(), T0), Owner, T0));
        Refused(PauseRules.Begin(new ProposePause(Order(), T0.AddDays(8)), Owner, T0));
    }

    [Fact]
    public void Reopening_keeps_the_active_pause()
    {
        var standing = Active(cause: Cause());
        var next = Accepted(PauseRules.Decide(standing, new ReassertPause(Cause(cycle: 2)), Actor.System, T0.AddDays(1)));
        Assert.Equal((2, PauseStatus.Active, standing.Id, standing.GuaranteedAt),
            (next.Cause!.Cycle, next.Status, next.Id, next.GuaranteedAt));
    }

    [Fact]
    public void A_share_is_released_by_a_final_decision_only_and_rises_below_a_hundred()
    {
        var pause = Active();
        var staged = Accepted(PauseRules.Decide(pause, new ReleaseShare(Decision, 5) { Raised = Raised }, Actor.System, T0));
        Assert.Equal((5, PauseStatus.Active), (staged.ReleasedShare, staged.Status));
        Assert.Equal(
            "decision_needed", Refused(PauseRules.Decide(pause, new ReleaseShare(new FinalDecision(Guid.Empty, ""), 5), Owner, T0)).Code);
        foreach (var percent in new[] { -1, 0, 5, 100 })
            Assert.Contains("percent", Refused(PauseRules.Decide(staged, new ReleaseShare(Decision, percent), Owner, T0)).Errors!.Keys);
        Assert.Equal(0, Accepted(PauseRules.Decide(staged, Lift, Owner, T0)).ReleasedShare);
    }

    [Fact]
    public void A_released_share_is_revoked_completely()
    {
        var staged = Active() with { ReleasedShare = 25 };
        Assert.Equal(0, Accepted(PauseRules.Decide(staged, new RevokeShare(Decision.Id), Owner, T0)).ReleasedShare);
        Assert.Equal("nothing_released", Refused(PauseRules.Decide(Active(), new RevokeShare(Decision.Id), Owner, T0)).Code);
    }

    [Fact]
    public void A_pause_is_not_reasserted_for_another_incident_or_an_earlier_cycle()
    {
        var pause = Active(cause: Cause(cycle: 2));
        Assert.Equal(
            "other_incident",
            Refused(PauseRules.Decide(pause, new ReassertPause(Cause() with { IncidentId = ProgramId, Cycle = 3 }),
            Actor.System, T0)).Code);
        Assert.Equal("other_incident", Refused(PauseRules.Decide(pause, new ReassertPause(Cause(cycle: 1)), Actor.System, T0)).Code);
        Assert.Equal(
            "pause_not_standing", Refused(PauseRules.Decide(Lifted(Cause()), new ReassertPause(Cause(cycle: 2)), Actor.System, T0)).Code);
    }

    [Fact]
    public void What_is_final_stays_so()
    {
        PauseCommand[] all = [Activate, new DeclinePause("No"), new ReassertPause(Cause(9)),
            Lift, End];
        foreach (var final in new[] { Declined(Cause()), Lifted(Cause()) })
            foreach (var command in all)
                Refused(PauseRules.Decide(final, command, Actor.System, T0.AddDays(30)));
    }
}
