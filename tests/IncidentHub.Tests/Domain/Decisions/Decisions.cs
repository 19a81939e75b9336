using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Tests.Domain.Decisions;

/// <summary>People and states for the decision tests.</summary>
internal static class Decisions
{
    public static readonly DateTimeOffset T0 = new(2026, 6, 20, 9, 0, 0, TimeSpan.Zero);
    public static readonly Actor Responder = new(Id(1), "Responder", Roles.Responder);
    public static readonly Actor SecondResponder = new(Id(2), "Second responder", Roles.Responder);
    public static readonly Actor Owner = new(Id(3), "Program owner", Roles.ProgramOwner);
    public static readonly Actor Deputy = new(Id(4), "Deputy owner", Roles.ProgramOwner);
    public static readonly Actor Privacy = new(Id(5), "Privacy", Roles.Privacy);
    public static readonly Actor Executive = new(Id(6), "Executive", Roles.Executive);
    public static readonly Actor PrivacyAndExecutive = new(Id(7), "Privacy and executive", Roles.Privacy | Roles.Executive);
    public static readonly Actor[] Everyone = [Responder, SecondResponder, Owner, Deputy, Privacy, Executive, PrivacyAndExecutive];

    public static readonly Requirement Two = new([Approver.Owner, Approver.Privacy], [Approver.Owner, Approver.Executive]);
    public static readonly Requirement Three = new([Approver.Owner, Approver.Privacy, Approver.Executive],
        [Approver.Owner, Approver.Executive]);
    public static readonly Requirement One = new([Approver.Owner], [Approver.Owner, Approver.Executive]);

    public static Guid Id(int n) => new($"018f0000-0000-7000-8000-{n:000000000000}");

    public static Relation RelationOf(Actor actor) => actor == Owner || actor == Deputy ? Relation.OwnProgram : Relation.None;

    public static CoveredPause Pause(int n, bool incident = true) => new(Id(100 + n), incident ? Id(200 + n) : null, T0);

    public static DecisionState Open(Sev sev = Sev.Major, Requirement? requirement = null) =>
        Next(DecisionRules.Open(Id(90), Id(91), [Pause(1)], sev, requirement ?? Two, T0));

    public static DecisionState OpenWithoutIncident() =>
        Next(DecisionRules.Open(Id(90), Id(91), [Pause(1, incident: false)], null, Requirement.WithoutIncident, T0));

    public static DecisionState AllMet(this DecisionState state) =>
        state.Criteria.Aggregate(state, (s, c) => s.Do(Meet(c.Kind), SecondResponder));

    public static DecisionState Proposed(this DecisionState state, DecisionOutcome outcome = DecisionOutcome.Resume, Actor? by = null) =>
        state.Do(Propose(outcome), by ?? Responder);

    public static MeetCriterion Meet(CriterionKind kind, string evidence = "Looked, and it holds.") =>
        new(kind, evidence, [Responder.Id], []);

    public static ProposeRecommendation Propose(DecisionOutcome outcome) => new(
        outcome, "Because.", outcome == DecisionOutcome.StayPausedUntil ? T0.AddDays(30) : null,
        outcome == DecisionOutcome.ResumeWithConditions
            ? [new Condition("Probe the grants weekly", SecondResponder.Id, SecondResponder.Name, T0.AddDays(7))] : [],
        [Owner.Id, Deputy.Id]);

    public static ApproveRecommendation Approve(Approver? role = null, string? digest = null) => new(role, digest, null);

    public static DecisionState Do(this DecisionState state, DecisionCommand command, Actor actor, DateTimeOffset? now = null) =>
        Next(state.Try(command, actor, now));

    public static Result<Accepted<DecisionState>> Try(this DecisionState state, DecisionCommand command, Actor actor,
        DateTimeOffset? now = null) =>
        DecisionRules.Decide(state, command, actor, RelationOf(actor), now ?? T0.AddHours(1));

    public static DecisionState Next(Result<Accepted<DecisionState>> outcome) => outcome.Value.Next;

    public static Refusal Refused(Result<Accepted<DecisionState>> outcome) => Assert.IsType<Refusal>(outcome.Refusal);

    public static IReadOnlyList<DomainEvent> Events(Result<Accepted<DecisionState>> outcome) => outcome.Value.Events;
}
