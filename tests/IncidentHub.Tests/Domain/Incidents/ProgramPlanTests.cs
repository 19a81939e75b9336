using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Pauses;

public sealed class PolicyPausesTests
{
    [Theory]
    [InlineData(PauseMode.AtOnce, Involvement.Source, PolicyAnswer.Place)]
    [InlineData(PauseMode.AtOnce, Involvement.Suspected, PolicyAnswer.Propose)]
    [InlineData(PauseMode.AtOnce, Involvement.Downstream, PolicyAnswer.Nothing)]
    [InlineData(PauseMode.Proposed, Involvement.Source, PolicyAnswer.Propose)]
    [InlineData(PauseMode.Proposed, Involvement.Suspected, PolicyAnswer.Propose)]
    [InlineData(PauseMode.Proposed, Involvement.Downstream, PolicyAnswer.Nothing)]
    [InlineData(PauseMode.Recommended, Involvement.Source, PolicyAnswer.Nothing)]
    [InlineData(PauseMode.None, Involvement.Source, PolicyAnswer.Nothing)]
    public void The_policy_pauses_a_source_proposes_for_a_suspect_and_leaves_what_is_downstream(PauseMode mode, Involvement involvement, PolicyAnswer answer) =>
        Assert.Equal(answer, PolicyPauses.For(mode, involvement, Cause(), []));

    [Fact]
    public void A_standing_pause_answers_the_policy() =>
        Assert.Equal(PolicyAnswer.Nothing, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(), [InForce(cause: Cause())]));

    [Fact]
    public void A_partial_pause_does_not_answer_the_policy() =>
        Assert.Equal(PolicyAnswer.Place, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(), [InForce(PauseScope.Of(["clicks"], null), Cause())]));

    [Fact]
    public void A_worse_sev_brings_the_proposed_pause_in_force() =>
        Assert.Equal(PolicyAnswer.BringInForce, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(), [Proposed(Cause(sev: Sev.Moderate))]));

    [Fact]
    public void A_lower_sev_leaves_a_standing_pause_alone()
    {
        Assert.Equal(PolicyAnswer.Nothing, PolicyPauses.For(PauseMode.None, Involvement.Source, Cause(sev: Sev.Notice), [InForce(cause: Cause())]));
        Assert.Equal(PolicyAnswer.Nothing, PolicyPauses.For(PauseMode.None, Involvement.Source, Cause(sev: Sev.Notice), [Proposed(Cause())]));
    }

    [Fact]
    public void Reopening_reasserts_the_standing_pause_and_places_a_new_one_after_a_decision()
    {
        Assert.Equal(PolicyAnswer.Reassert, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(cycle: 2), [InForce(cause: Cause())]));
        Assert.Equal(PolicyAnswer.Place, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(cycle: 2), [Lifted(Cause())]));
    }

    [Fact]
    public void A_decision_of_this_cycle_stands_until_the_sev_gets_worse()
    {
        Assert.Equal(PolicyAnswer.Nothing, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(), [Lifted(Cause())]));
        Assert.Equal(PolicyAnswer.Place, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(sev: Sev.Critical), [Lifted(Cause())]));
    }

    [Fact]
    public void An_owners_decline_answers_a_proposal_but_not_an_order()
    {
        Assert.Equal(PolicyAnswer.Nothing, PolicyPauses.For(PauseMode.Proposed, Involvement.Source, Cause(), [Declined(Cause())]));
        Assert.Equal(PolicyAnswer.Place, PolicyPauses.For(PauseMode.AtOnce, Involvement.Source, Cause(), [Declined(Cause())]));
    }

    [Fact]
    public void A_removed_link_withdraws_the_proposal_and_a_new_link_proposes_again()
    {
        Assert.Equal(PolicyAnswer.Withdraw, PolicyPauses.For(PauseMode.Proposed, null, Cause(), [Proposed(Cause())]));
        Assert.Equal(PolicyAnswer.Propose, PolicyPauses.For(PauseMode.Proposed, Involvement.Source, Cause(), [Declined(Cause(), Actor.System)]));
    }

    [Fact]
    public void A_removed_link_never_ends_a_pause_in_force() =>
        Assert.Equal(PolicyAnswer.Nothing, PolicyPauses.For(PauseMode.AtOnce, null, Cause(), [InForce(cause: Cause())]));

    [Fact]
    public void A_proposal_made_by_a_person_is_not_withdrawn_by_the_policy() =>
        Assert.Equal(PolicyAnswer.Nothing, PolicyPauses.For(PauseMode.Proposed, null, Cause(), [Proposed(Cause(), PauseOrigin.Person)]));
}
