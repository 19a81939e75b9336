using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Decisions.Decisions;

namespace IncidentHub.Tests.Domain.Decisions;

public class DecisionRulesTests
{
    [Fact]
    public void The_last_approval_decides()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner);
        Assert.Equal([Approver.Privacy], state.Missing);
        var last = state.Try(Approve(), Privacy);
        Assert.Equal(DecisionStatus.Decided, Next(last).Status);
        Assert.Contains(Events(last), e => e is DecisionTaken { Outcome: DecisionOutcome.Resume });
    }

    [Theory]
    [InlineData(DecisionOutcome.Resume)]
    [InlineData(DecisionOutcome.ResumeWithConditions)]
    public void Collecting_again_is_not_recommended_while_a_criterion_is_open(DecisionOutcome outcome)
    {
        var state = Open().AllMet().Do(new ReopenCriterion(CriterionKind.PeopleInformed, "One region was forgotten."), Privacy);
        Assert.Equal("criteria_open", Refused(state.Try(Propose(outcome), Responder)).Code);
    }

    [Theory]
    [InlineData(DecisionOutcome.StayPausedUntil)]
    [InlineData(DecisionOutcome.Terminate)]
    public void Staying_paused_or_terminating_may_be_recommended_with_open_criteria(DecisionOutcome outcome) =>
        Assert.Equal(DecisionStatus.Proposed, Open().Proposed(outcome).Status);

    [Fact]
    public void The_proposer_does_not_approve_even_with_the_right_role()
    {
        var state = Open().AllMet().Proposed(by: Privacy);
        Assert.Equal("proposer_cannot_approve", Refused(state.Try(Approve(), Privacy)).Code);
    }

    [Fact]
    public void A_deputy_stands_in_for_an_owner_who_proposes()
    {
        var state = Open().AllMet().Proposed(by: Owner);
        Assert.Equal("proposer_cannot_approve", Refused(state.Try(Approve(), Owner)).Code);
        Assert.Equal(DecisionStatus.Decided, state.Do(Approve(), Deputy).Do(Approve(), Privacy).Status);
    }

    [Fact]
    public void A_sole_owner_may_not_propose_because_nobody_could_approve_as_owner()
    {
        var command = Propose(DecisionOutcome.Resume) with { OwnerIds = [Owner.Id] };
        Assert.Equal("sole_owner", Refused(Open().AllMet().Try(command, Owner)).Code);
    }

    [Fact]
    public void Each_approval_comes_from_a_different_person()
    {
        var state = Open(Sev.Critical, Three).AllMet().Proposed().Do(Approve(Approver.Privacy), PrivacyAndExecutive);
        Assert.Equal("already_approved", Refused(state.Try(Approve(Approver.Executive), PrivacyAndExecutive)).Code);
    }

    [Fact]
    public void An_approver_with_two_capacities_must_choose_one()
    {
        var why = Refused(Open(Sev.Critical, Three).AllMet().Proposed().Try(Approve(), PrivacyAndExecutive));
        Assert.Contains("as", why.Errors!.Keys);
    }

    [Fact]
    public void A_capacity_is_approved_once()
    {
        var state = Open(Sev.Critical, Three).AllMet().Proposed().Do(Approve(), Owner);
        Assert.Equal(RefusalKind.Forbidden, Refused(state.Try(Approve(), Deputy)).Kind);
        Assert.Equal("capacity_not_missing", Refused(state.Try(Approve(Approver.Owner), Deputy)).Code);
    }

    [Fact]
    public void A_person_whose_approval_is_not_required_may_neither_approve_nor_reject()
    {
        var state = Open().AllMet().Proposed();
        Assert.Equal(RefusalKind.Forbidden, Refused(state.Try(Approve(), Executive)).Kind);
        Assert.Equal(RefusalKind.Forbidden, Refused(state.Try(Approve(Approver.Privacy), Executive)).Kind);
        Assert.Equal(RefusalKind.Forbidden, Refused(state.Try(new RejectRecommendation("No."), Executive)).Kind);
        Assert.Equal(RefusalKind.Forbidden, Refused(state.Try(new RejectRecommendation("No."), SecondResponder)).Kind);
    }

    [Fact]
    public void One_rejection_sends_it_back_and_voids_the_approvals()
    {
        var rejected = Open().AllMet().Proposed().Do(Approve(), Owner).Try(new RejectRecommendation("The review misses a day."), Privacy);
        var state = Next(rejected);
        Assert.Equal(DecisionStatus.Preparing, state.Status);
        Assert.Empty(state.Approvals);
        Assert.Null(state.Recommendation);
        Assert.Contains(Events(rejected), e => e is ApprovalsVoided { Approvals.Count: 1 });
        Assert.Equal([Approver.Owner, Approver.Privacy], state.Proposed().Missing);
    }

    [Fact]
    public void Approvals_are_void_when_the_evidence_changes()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner)
            .Do(Meet(CriterionKind.RootCauseKnown, "Another cause."), SecondResponder);
        Assert.Equal(DecisionStatus.Proposed, state.Status);
        Assert.Equal([Approver.Owner, Approver.Privacy], state.Missing);
    }

    [Fact]
    public void Approvals_are_void_when_the_recommendation_changes()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner).Proposed(DecisionOutcome.ResumeWithConditions, SecondResponder);
        Assert.Empty(state.Approvals);
        Assert.Equal("proposer_cannot_approve", Refused(state.Proposed(by: Privacy).Try(Approve(), Privacy)).Code);
    }

    [Fact]
    public void A_recommendation_to_collect_again_is_withdrawn_when_a_criterion_is_opened()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner)
            .Do(new ReopenCriterion(CriterionKind.AccessLimited, "A group was added."), Privacy);
        Assert.Equal(DecisionStatus.Preparing, state.Status);
        Assert.Empty(state.Approvals);
    }

    [Fact]
    public void An_approval_of_an_older_digest_is_refused_as_stale()
    {
        var state = Open().AllMet().Proposed();
        var seen = DecisionDigest.Of(state);
        var changed = state.Do(Meet(CriterionKind.RootCauseKnown, "Another cause."), SecondResponder);
        Assert.Equal("stale", Refused(changed.Try(Approve(digest: seen), Owner)).Code);
        Assert.Single(state.Do(Approve(digest: seen), Owner).Approvals);
    }

    [Fact]
    public void The_person_who_closed_the_exposure_neither_verifies_nor_waives_it()
    {
        Assert.Equal("closer_cannot_check", Refused(Open().Try(Meet(CriterionKind.ExposureClosed), Responder)).Code);
        Assert.Equal(
            "closer_cannot_check",
            Refused(Open().Try(new WaiveCriterion(CriterionKind.ExposureClosed, "Trust me.", [Responder.Id]), Responder)).Code);
        Assert.Equal(CriterionStatus.Met, Open().Do(Meet(CriterionKind.ExposureClosed), SecondResponder).Criteria.Single(c =>
            c.Kind == CriterionKind.ExposureClosed).Status);
    }

    [Fact]
    public void An_exposure_that_nobody_closed_cannot_be_verified() =>
        Assert.Equal("not_contained", Refused(Open().Try(Meet(CriterionKind.ExposureClosed) with { ClosedBy = [] }, SecondResponder)).Code);

    [Fact]
    public void Safeguards_are_not_verified_while_one_is_broken() =>
        Assert.Equal(
            "safeguards_broken",
            Refused(Open().Try(Meet(CriterionKind.SafeguardsVerified) with { StillBroken = ["Access locked down"] }, Privacy)).Code);

    [Fact]
    public void A_worse_sev_raises_the_requirement_and_a_downgrade_never_lowers_it()
    {
        var raised = Open(Sev.Moderate, Two).AllMet().Proposed().Do(Approve(), Owner).Do(new ChangeSev(Sev.Critical, Three), Actor.System);
        Assert.Equal(DecisionStatus.Preparing, raised.Status);
        Assert.Equal(Three.ToResume, raised.Requirement.ToResume);
        var lowered = raised.Do(new ChangeSev(Sev.Notice, One), Actor.System);
        Assert.Equal(Sev.Critical, lowered.WorstSev);
        Assert.Equal(Three.ToResume, lowered.Requirement.ToResume);
        Assert.Equal(raised.Criteria.Count, lowered.Criteria.Count);
    }

    [Fact]
    public void A_downgrade_does_not_change_a_recommendation_and_its_approvals()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner);
        Assert.Same(state, state.Do(new ChangeSev(Sev.Minor, Two), Actor.System));
    }

    [Fact]
    public void A_worse_sev_adds_its_criteria_and_keeps_what_was_met()
    {
        var state = Open(Sev.Notice, One).AllMet().Do(new ChangeSev(Sev.Major, Two), Actor.System);
        Assert.Equal(9, state.Criteria.Count);
        Assert.Equal(2, state.Criteria.Count(c => c.Status == CriterionStatus.Met));
    }

    [Fact]
    public void A_further_pause_sends_the_recommendation_back_and_is_covered_once()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner).Do(new CoverPause(Pause(2), Sev.Major, Two), Actor.System);
        Assert.Equal(2, state.Pauses.Count);
        Assert.Equal(DecisionStatus.Preparing, state.Status);
        Assert.Same(state, state.Do(new CoverPause(Pause(2), Sev.Major, Two), Actor.System));
    }

    [Fact]
    public void Reopening_the_incident_opens_every_criterion_again()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner).Do(new ReopenCriteria("The fix did not stick."), Responder);
        Assert.All(state.Criteria, c => Assert.Equal(CriterionStatus.Open, c.Status));
        Assert.Equal(DecisionStatus.Preparing, state.Status);
    }

    [Fact]
    public void A_merge_moves_the_pauses_to_the_survivor_and_voids_approvals()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner);
        var moved = state.Do(new MoveIncident(Id(201), Id(299)), Responder);
        Assert.Equal(Id(299), moved.Pauses.Single().IncidentId);
        Assert.Empty(moved.Approvals);
        Assert.Same(moved, moved.Do(new MoveIncident(Id(201), Id(299)), Responder));
    }

    [Fact]
    public void Where_a_text_was_redacted_approvals_are_void_and_the_recommendation_stays()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner);
        var after = state.Do(new VoidApprovals("A text was redacted."), Privacy);
        Assert.Empty(after.Approvals);
        Assert.Equal((DecisionStatus.Proposed, state.Recommendation), (after.Status, after.Recommendation));
    }

    [Fact]
    public void A_pause_without_an_incident_needs_the_owner_and_one_other_approver()
    {
        var state = OpenWithoutIncident().AllMet().Proposed().Do(Approve(), Owner);
        Assert.Equal([Approver.Second], state.Missing);
        Assert.Equal(RefusalKind.Forbidden, Refused(state.Try(Approve(), SecondResponder)).Kind);
        Assert.Equal(DecisionStatus.Decided, state.Do(Approve(), Executive).Status);
    }

    [Fact]
    public void A_notice_joined_by_a_pause_without_an_incident_still_needs_two()
    {
        var state = Open(Sev.Notice, One).Do(new CoverPause(Pause(2, incident: false), null, Requirement.WithoutIncident), Actor.System);
        Assert.Equal([Approver.Owner, Approver.Second], state.Requirement.ToResume);
        Assert.Contains(state.Criteria, c => c.Kind == CriterionKind.ReasonResolved);
    }

    [Fact]
    public void A_pause_placed_in_error_has_a_short_checklist_and_the_same_approvals()
    {
        var state = Open().Do(new ClaimPlacedInError("The wrong program was linked."), Responder);
        Assert.Equal([CriterionKind.ErrorExplained, CriterionKind.NothingExposed], state.Criteria.Select(c => c.Kind));
        Assert.Equal("error_only_resumes", Refused(state.AllMet().Try(Propose(DecisionOutcome.Terminate), Responder)).Code);
        Assert.Equal([Approver.Owner, Approver.Privacy], state.AllMet().Proposed().Missing);
    }

    [Fact]
    public void Another_pause_removes_a_claim_of_error()
    {
        var state = Open().Do(new ClaimPlacedInError("The wrong program."), Responder).AllMet()
            .Do(new CoverPause(Pause(2), Sev.Major, Two), Actor.System);
        Assert.Equal(CriteriaTemplate.Standard, state.Template);
        Assert.Equal(9, state.Criteria.Count(c => c.Status == CriterionStatus.Open));
    }

    [Fact]
    public void What_was_decided_is_never_edited()
    {
        var state = Open().AllMet().Proposed().Do(Approve(), Owner).Do(Approve(), Privacy);
        DecisionCommand[] all =
        [
            new CoverPause(Pause(3), Sev.Catastrophic, Three), new ChangeSev(Sev.Catastrophic, Three), new ReopenCriteria("Again."),
            Meet(CriterionKind.PeopleInformed), new WaiveCriterion(CriterionKind.PeopleInformed, "No.", []),
                new ReopenCriterion(CriterionKind.PeopleInformed, "No."),
            new ClaimPlacedInError("An error."), new WithdrawErrorClaim("None."), Propose(DecisionOutcome.Terminate),
            new WithdrawRecommendation("No."), Approve(), new RejectRecommendation("No."),
        ];
        foreach (var command in all)
        {
            foreach (var actor in Everyone) Assert.Equal("decided", Refused(state.Try(command, actor)).Code);
        }
    }

    [Fact]
    public void Only_the_proposer_takes_a_recommendation_back()
    {
        var state = Open().AllMet().Proposed();
        Assert.Equal(RefusalKind.Forbidden, Refused(state.Try(new WithdrawRecommendation("No."), Owner)).Kind);
        Assert.Equal(DecisionStatus.Preparing, state.Do(new WithdrawRecommendation("I forgot a condition."), Responder).Status);
    }

    [Fact]
    public void The_successor_of_a_stay_paused_has_the_same_pauses_and_requirement()
    {
        var decided = Open().AllMet().Proposed(DecisionOutcome.StayPausedUntil).Do(Approve(), Owner).Do(Approve(), Privacy);
        var next = DecisionRules.Successor(decided, Id(92), T0.AddHours(2));
        Assert.Equal(T0.AddDays(30), next.DueAgainAt);
        Assert.Equal(DecisionStatus.Preparing, next.Status);
        Assert.Equal(decided.Pauses, next.Pauses);
        Assert.Empty(next.Approvals);
        Assert.NotEqual(DecisionDigest.Of(decided), DecisionDigest.Of(next));
    }

    [Fact]
    public void Every_wrong_field_of_a_proposal_is_named_at_once()
    {
        var command = new ProposeRecommendation(
            DecisionOutcome.ResumeWithConditions, " ", T0.AddDays(-1), [new Condition("", Guid.Empty, "", T0.AddYears(9))], []);
        var why = Refused(Open().AllMet().Try(command, Responder));
        Assert.Equal(["conditions[0].dueAt", "conditions[0].owner", "conditions[0].what", "rationale", "until"], why.Errors!.Keys.Order());
    }

    [Fact]
    public void Every_template_has_a_title_and_a_question_for_each_criterion()
    {
        foreach (var kind in Enum.GetValues<CriterionKind>())
        {
            Assert.NotEmpty(kind.Title());
            Assert.NotEmpty(kind.Asks());
        }
    }
}
