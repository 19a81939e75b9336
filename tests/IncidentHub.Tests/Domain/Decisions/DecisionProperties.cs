using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Decisions.Decisions;

namespace IncidentHub.Tests.Domain.Decisions;

/// <summary>Random people send random commands in random order; after each one the state must be possible.</summary>
public class DecisionProperties
{
    private static readonly CriterionKind[] Kinds = Enum.GetValues<CriterionKind>();

    [Fact]
    public void No_order_of_commands_leaves_an_impossible_state() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(120),
        Prop.ForAll(Histories(), steps =>
        {
            var state = Open();
            foreach (var (command, actor) in steps)
            {
                var outcome = state.Try(command, actor);
                if (outcome is { IsOk: true, Value: var accepted })
                {
                    var before = state;
                    state = accepted.Next;
                    if (Impossible(state) is { } fault) return false.Label($"{fault} after {command} by {actor.Name}");
                    if (Laxer(before, state)) return false.Label($"laxer after {command}");
                }
            }
            return true.Label("");
        }));

    [Fact]
    public void Random_histories_do_reach_every_outcome()
    {
        // A property test that never reaches an outcome would prove nothing. The rarest outcome is not in every sample.
        var all = Enum.GetValues<DecisionOutcome>().Length;
        var reached = new HashSet<DecisionOutcome>();
        foreach (var steps in Enumerable.Range(0, 10).SelectMany(_ => Gen.Sample(Histories().Generator, 3000, 120))
            .TakeWhile(_ => reached.Count < all))
        {
            var state = Open();
            foreach (var (command, actor) in steps)
            {
                if (state.Try(command, actor) is { IsOk: true, Value: var accepted }) state = accepted.Next;
            }
            if (state.Status == DecisionStatus.Decided) reached.Add(state.Recommendation!.Outcome);
        }
        Assert.Equal(all, reached.Count);
    }

    [Fact]
    public void Any_change_of_criteria_pauses_or_recommendation_changes_the_digest()
    {
        var state = Open().AllMet().Proposed(DecisionOutcome.ResumeWithConditions);
        var r = state.Recommendation!;
        DecisionState[] changed =
        [
            state with { Pauses = [.. state.Pauses, Pause(2)] },
            state with { Requirement = Three },
            state with { WorstSev = Sev.Critical },
            state with { DigestSalt = "00" },
            state with { Template = CriteriaTemplate.PlacedInError },
            state with { Criteria = [.. state.Criteria.Skip(1)] },
            state with { Criteria = [state.Criteria[0] with { Text = "Else." }, .. state.Criteria.Skip(1)] },
            state with { Criteria = [state.Criteria[0] with { Status = CriterionStatus.Waived }, .. state.Criteria.Skip(1)] },
            state with { Recommendation = r with { Outcome = DecisionOutcome.Resume } },
            state with { Recommendation = r with { Rationale = "Else." } },
            state with { Recommendation = r with { ProposerId = Owner.Id } },
            state with { Recommendation = r with { Conditions = [] } },
            state with { Recommendation = r with { Conditions = [r.Conditions[0] with { DueAt = T0.AddDays(8) }] } },
            state with { Recommendation = r with { Until = T0 } },
        ];
        Assert.Equal(changed.Length + 1, changed.Append(state).Select(DecisionDigest.Of).Distinct().Count());
        Assert.Equal(DecisionDigest.Of(state), DecisionDigest.Of(state.Do(Approve(), Owner)));
    }

    private static string? Impossible(DecisionState s)
    {
        if (s.Pauses.Count == 0) return "no pause";
        if (s.Criteria.Select(c => c.Kind).Distinct().Count() != s.Criteria.Count) return "a criterion twice";
        if (s.Status == DecisionStatus.Preparing) return s.Recommendation is null && s.Approvals.Count == 0
            ? null : "preparing with a recommendation or approvals";
        if (s.Recommendation is not { } r) return "no recommendation";
        var digest = DecisionDigest.Of(s);
        var asked = s.Requirement.For(r.Outcome);
        if (s.Approvals.Any(a => a.Digest != digest)) return "an approval of something else";
        if (s.Approvals.Any(a => a.ActorId == r.ProposerId)) return "the proposer approved";
        if (s.Approvals.Select(a => a.ActorId).Distinct().Count() != s.Approvals.Count) return "somebody approved twice";
        if (s.Approvals.Select(a => a.As).Distinct().Count() != s.Approvals.Count) return "a capacity twice";
        if (s.Approvals.Any(a => !asked.Contains(a.As) || !Holds(a))) return "approved in a capacity that is not required or not held";
        if (r.Outcome is DecisionOutcome.Resume or DecisionOutcome.ResumeWithConditions && s.Criteria.Any(c =>
            c.Status == CriterionStatus.Open)) return "resuming with an open criterion";
        if (s.Criteria.Any(c => c.Kind == CriterionKind.ExposureClosed && c.Status != CriterionStatus.Open && c.ById == Responder.Id))
            return "who closed the exposure checked it";
        var complete = asked.All(role => s.Approvals.Any(a => a.As == role));
        return (s.Status == DecisionStatus.Decided) == complete ? null : complete
            ? "complete but not decided" : "decided with an approval missing";
    }

    private static bool Holds(Approval approval)
    {
        var actor = Everyone.Single(a => a.Id == approval.ActorId);
        return approval.As switch
        {
            Approver.Owner => RelationOf(actor) == Relation.OwnProgram,
            Approver.Privacy => actor.Has(Roles.Privacy),
            Approver.Executive => actor.Has(Roles.Executive),
            Approver.Second => actor.Has(Roles.Privacy) || actor.Has(Roles.Executive),
        };
    }

    private static bool Laxer(DecisionState before, DecisionState after) =>
        before.Requirement.ToResume.Except(after.Requirement.ToResume).Any(r => r != Approver.Second)
        || before.WorstSev < after.WorstSev
        || before.Pauses.Except(after.Pauses).Any();

    internal static Arbitrary<(DecisionCommand, Actor)[]> Histories() =>
        (from command in Commands() from actor in Gen.Elements(Everyone) select (command, actor)).ArrayOf().ToArbitrary();

    private static Gen<DecisionCommand> Commands()
    {
        var kind = Gen.Elements(Kinds);
        var sev = Gen.Elements(Sev.Critical, Sev.Major, Sev.Minor);
        var required = Gen.Elements(One, Two, Three);
        return Gen.Frequency(
            (1, from s in sev from r in required select (DecisionCommand)new ChangeSev(s, r)),
            (1, from n in Gen.Choose(1, 4) from s in sev from r in required select (DecisionCommand)new CoverPause(Pause(n), s, r)),
            (1, Gen.Constant<DecisionCommand>(new ReopenCriteria("The fix did not stick."))),
            (40, from k in kind from e in Gen.Elements("It holds.", "It holds, seen twice.") select (DecisionCommand)Meet(k, e)),
            (10, from k in kind select (DecisionCommand)new WaiveCriterion(k, "Not needed here.", [Responder.Id])),
            (3, from k in kind select (DecisionCommand)new ReopenCriterion(k, "It does not hold.")),
            (2, Gen.Constant<DecisionCommand>(new ClaimPlacedInError("The wrong program."))),
            (2, Gen.Constant<DecisionCommand>(new WithdrawErrorClaim("It was right."))),
            (20, from o in Gen.Elements(Enum.GetValues<DecisionOutcome>()) select (DecisionCommand)Propose(o)),
            (1, Gen.Constant<DecisionCommand>(new WithdrawRecommendation("Not yet."))),
            (40, from a in Gen.Elements<Approver?>(null, Approver.Owner, Approver.Privacy, Approver.Executive)
                 select (
                DecisionCommand)Approve(a)),
            (2, Gen.Constant<DecisionCommand>(new RejectRecommendation("Not yet."))));
    }
}
