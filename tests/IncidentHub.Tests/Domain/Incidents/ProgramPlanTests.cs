using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Incidents;

public sealed class ProgramPlanTests
{
    [Theory]
    [InlineData(PauseMode.AtOnce, Involvement.Source, PlannedAct.Pause)]
    [InlineData(PauseMode.AtOnce, Involvement.Suspected, PlannedAct.Propose)]
    [InlineData(PauseMode.AtOnce, Involvement.Downstream, PlannedAct.None)]
    [InlineData(PauseMode.Proposed, Involvement.Source, PlannedAct.Propose)]
    [InlineData(PauseMode.Proposed, Involvement.Suspected, PlannedAct.Propose)]
    [InlineData(PauseMode.Proposed, Involvement.Downstream, PlannedAct.None)]
    [InlineData(PauseMode.Recommended, Involvement.Source, PlannedAct.Recommend)]
    [InlineData(PauseMode.Recommended, Involvement.Suspected, PlannedAct.Recommend)]
    [InlineData(PauseMode.Recommended, Involvement.Downstream, PlannedAct.None)]
    [InlineData(PauseMode.None, Involvement.Source, PlannedAct.None)]
    public void The_policy_pauses_a_source_proposes_for_a_suspected_program_and_ignores_downstream_ones(
        PauseMode mode, Involvement involvement, PlannedAct act) =>
        Assert.Equal(act, Plan(mode, involvement).Act);

    [Fact]
    public void An_active_pause_is_kept() =>
        Assert.Equal(PlannedAct.KeepActive, Plan(PauseMode.AtOnce, Involvement.Source, pauses: Active(cause: Cause())).Act);

    [Fact]
    public void A_partial_pause_is_not_enough() =>
        Assert.Equal(
            PlannedAct.Pause, Plan(PauseMode.AtOnce, Involvement.Source, pauses: Active(PauseScope.Of(["clicks"], null), Cause())).Act);

    [Fact]
    public void A_worse_sev_makes_the_proposed_pause_active()
    {
        var proposed = Proposed(Cause(sev: Sev.Moderate));
        var plan = Plan(PauseMode.AtOnce, Involvement.Source, pauses: proposed);
        Assert.Equal((PlannedAct.Activate, proposed.Id), (plan.Act, plan.PauseId));
    }

    [Fact]
    public void A_lower_sev_does_not_change_an_open_pause()
    {
        Assert.Equal(PlannedAct.KeepActive, Plan(PauseMode.None, Involvement.Source, Cause(sev: Sev.Notice), Active(cause: Cause())).Act);
        Assert.Equal(PlannedAct.KeepProposed, Plan(PauseMode.None, Involvement.Source, Cause(sev: Sev.Notice), Proposed(Cause())).Act);
    }

    [Fact]
    public void Reopening_keeps_the_active_pause_for_the_new_cycle_and_places_a_new_one_after_a_decision()
    {
        var kept = Plan(PauseMode.AtOnce, Involvement.Source, Cause(cycle: 2), Active(cause: Cause()));
        Assert.Equal((PlannedAct.KeepActive, true), (kept.Act, kept.Reasserts));
        Assert.Equal(PlannedAct.Pause, Plan(PauseMode.AtOnce, Involvement.Source, Cause(cycle: 2), Lifted(Cause())).Act);
    }

    [Fact]
    public void A_decision_of_this_cycle_is_kept_until_the_sev_gets_worse()
    {
        var answered = Plan(PauseMode.AtOnce, Involvement.Source, pauses: Lifted(Cause()));
        Assert.Equal((PlannedAct.Answered, PauseStatus.Lifted), (answered.Act, answered.AnsweredBy!.Value));
        Assert.Equal(PlannedAct.Pause, Plan(PauseMode.AtOnce, Involvement.Source, Cause(sev: Sev.Critical), Lifted(Cause())).Act);
    }

    [Fact]
    public void An_owners_decline_answers_a_proposal_but_not_a_pause_at_once()
    {
        Assert.Equal(PlannedAct.Answered, Plan(PauseMode.Proposed, Involvement.Source, pauses: Declined(Cause())).Act);
        Assert.Equal(PlannedAct.Pause, Plan(PauseMode.AtOnce, Involvement.Source, pauses: Declined(Cause())).Act);
    }

    [Fact]
    public void A_removed_link_withdraws_the_proposal_and_a_new_link_proposes_again()
    {
        Assert.Equal(PlannedAct.Withdraw, Plan(PauseMode.Proposed, null, pauses: Proposed(Cause())).Act);
        Assert.Equal(PlannedAct.Propose, Plan(PauseMode.Proposed, Involvement.Source, pauses: Declined(Cause(), Actor.System)).Act);
    }

    [Fact]
    public void A_proposal_whose_deadline_has_come_is_not_withdrawn() =>
        Assert.Equal(PlannedAct.KeepProposed, ProgramPlan.For(Level(PauseMode.Proposed), Cause(), Program(null, [Proposed(Cause())]),
            T0.AddMinutes(60)).Act);

    [Fact]
    public void A_removed_link_never_ends_an_active_pause() =>
        Assert.Equal(PlannedAct.KeepActive, Plan(PauseMode.AtOnce, null, pauses: Active(cause: Cause())).Act);

    [Fact]
    public void A_proposal_made_by_a_person_is_not_withdrawn_by_the_policy() =>
        Assert.Equal(PlannedAct.KeepProposed, Plan(PauseMode.Proposed, null, pauses: Proposed(Cause(), PauseOrigin.Person)).Act);

    [Fact]
    public void The_deadline_is_the_levels_own_where_it_proposes_and_an_hour_for_a_suspect()
    {
        var source = ProgramPlan.For(Level(PauseMode.Proposed, Term.Minutes(30)), Cause(), Program(Involvement.Source, []), T0);
        Assert.Equal((T0.AddMinutes(30), TimeSpan.FromMinutes(30)), (source.Deadline!.Value, source.DeclineWithin!.Value));
        Assert.Equal(T0.AddMinutes(60), Plan(PauseMode.AtOnce, Involvement.Suspected).Deadline);
    }

    [Fact]
    public void A_terminated_program_is_not_changed() =>
        Assert.Equal(PlannedAct.Terminated, ProgramPlan.For(
            Level(PauseMode.AtOnce), Cause(), Program(Involvement.Source, []) with { Lifecycle = ProgramLifecycle.Terminated }, T0).Act);

    internal static SevLevel Level(PauseMode mode, Term? deadline = null) => SevPolicy.Default[Sev.Moderate] with
    {
        Pause = mode,
        ProposalDeadline = mode == PauseMode.Proposed ? deadline ?? Term.Minutes(60) : null,
    };

    internal static LinkedProgram Program(Involvement? kind, IReadOnlyList<PauseState> pauses) =>
        new(ProgramId, "MCI", kind, ProgramLifecycle.Live, pauses);

    private static ProgramPlan Plan(PauseMode mode, Involvement? kind, PauseCause? cause = null, params PauseState[] pauses) =>
        ProgramPlan.For(Level(mode), cause ?? Cause(), Program(kind, pauses), T0);
}
