using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Tests.Domain.Incidents;

/// <summary>Random commands in random order: the invariants of an incident always hold.</summary>
public class IncidentProperties
{
    private sealed record Step(int What, int Pick, int Minute, int Skew);

    private static readonly Gen<Step[]> Steps =
        (from what in Gen.Choose(0, 15)
         from pick in Gen.Choose(0, 5)
         from minute in Gen.Choose(0, 30)
         from skew in Gen.Choose(-40, 10)
         select new Step(what, pick, minute, skew)).ArrayOf();

    private static IncidentCommand Command(Step s, DateTimeOffset now, IncidentState state)
    {
        DateTimeOffset? at = s.Pick == 0 ? null : now.AddMinutes(s.Skew);
        return s.What switch
        {
            0 or 1 => new IncidentCommand.Contain(at, ""),
            2 or 3 => new IncidentCommand.Resolve(at, ""),
            4 => new IncidentCommand.Close(""),
            5 => new IncidentCommand.Reopen("Again.", 1 + s.Pick),
            6 => new IncidentCommand.ChangeSev((Sev)s.Pick, "Because."),
            7 or 8 => new IncidentCommand.CorrectTimestamp((TimestampKind)((s.Pick * 2) + (s.Skew & 1)), null, at, "Log."),
            9 => new IncidentCommand.CorrectTimestamp((TimestampKind)(6 + Math.Min(s.Pick, 4)),
                1 + (s.Pick % state.Cycles.Count), at, "Log."),
            12 => new IncidentCommand.AddExposure(An.Exposure(s.Pick) with { Id = OrderedId.Next(now) }),
            13 => new IncidentCommand.AddInvolvement(An.Program(s.Pick, (Involvement)(s.Pick % 3))),
            14 => new IncidentCommand.WithdrawInvolvement(An.Program(s.Pick).ProgramId, "Not it."),
            15 when s.Pick == 5 => new IncidentCommand.MergeInto(An.Declared() with { Id = An.Id(999), Code = "INC-9" }, "Same."),
            15 => new IncidentCommand.AssignRole((IncidentRole)(s.Pick % 4), An.Id(s.Pick), "Somebody"),
            _ => throw new ArgumentOutOfRangeException(nameof(s)),
        };
    }

    private static bool IsSeenByTheHub(Step s) => s.What is 10 or 11;

    // The hub observes orders and stops when they happen, which may be slightly before now.
    private static IncidentState Seen(Step s, IncidentState state, DateTimeOffset now)
    {
        var at = now.AddMinutes(Math.Min(s.Skew, 0));
        var changed = s.What == 10 ? CycleRules.PauseOrdered(state.Cycles, at) : CycleRules.CollectionStopped(state.Cycles, at);
        return changed is null ? state : state with { Cycles = [.. state.Cycles.Select(c => c.Number == changed.Number ? changed : c)] };
    }

    private static string? Impossible(IncidentState before, IncidentState s, DateTimeOffset now)
    {
        if (TimestampRules.Check(s.Timestamps, s.Cycles, now) is { } disorder) return disorder.Message;
        if (s.Cycles[0].Opened != s.Timestamps.Declared) return "the first cycle is not opened by the declaration";
        if (!s.Cycles.Select(c => c.Number).SequenceEqual(Enumerable.Range(1, s.Cycles.Count))) return "cycles are not numbered in order";
        if (s.Cycles.Count < before.Cycles.Count || s.SevChanges.Count < before.SevChanges.Count
            || s.Exposures.Count < before.Exposures.Count) return "history was lost";
        if (!before.Cycles.Select(c => c.PolicyVersion).SequenceEqual(s.Cycles.Take(before.Cycles.Count).Select(c => c.PolicyVersion)))
            return "a cycle changed the policy it is judged by";
        if ((s.Status == IncidentStatus.Closed) != (s.Timestamps.Closed is not null)) return "closed and its timestamp disagree";
        if (s.IsOpen && (s.Status >= IncidentStatus.Contained) != (s.Current.Contained is not null))
            return "contained and its timestamp disagree";
        if (s.IsOpen && (s.Status >= IncidentStatus.Resolved) != (s.Current.Resolved is not null))
            return "resolved and its timestamp disagree";
        if ((s.Status == IncidentStatus.Merged) != (s.MergedIntoId is not null)) return "merged into nothing";
        if (s.SevChanges.Count > 0 && s.SevChanges[^1].To != s.Sev) return "the SEV differs from its history";
        if (s.Exposures.Where(e => e.IsActive).GroupBy(e => e.DatasetId).Any(g => g.Count() > 1)) return "a dataset is linked twice";
        if (s.Involvements.GroupBy(i => i.ProgramId).Any(g => g.Count() > 1)) return "a program is linked twice";
        if (s.People.Where(p => p.Role != IncidentRole.Named).GroupBy(p => p.Role).Any(g => g.Count() > 1)) return "a role is held twice";
        if (s.Code != before.Code) return "the code changed";
        return null;
    }

    [Fact]
    public void No_order_of_commands_leaves_an_impossible_state() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60), Prop.ForAll(Steps.ToArbitrary(), steps =>
        {
            var state = An.Declared();
            var now = An.T0;
            foreach (var step in steps)
            {
                now = now.AddMinutes(step.Minute);
                if (IsSeenByTheHub(step))
                {
                    state = Seen(step, state, now);
                    if (Impossible(state, state, now) is { } wrong) return false.Label($"{wrong} after {step}");
                    continue;
                }
                var command = Command(step, now, state);
                if (IncidentRules.Decide(state, command, An.Responder, now) is not { IsOk: true, Value: var accepted }) continue;
                if (Impossible(state, accepted.Next, now) is { } why) return false.Label($"{why} after {command}");
                if (accepted.Next.Version != state.Version + (accepted.Events.Count > 0 ? 1 : 0)) return false.Label("version");
                state = accepted.Next;
            }
            return true.Label("");
        }));

    [Fact]
    public void Nothing_that_happens_to_an_incident_makes_a_measure_negative() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60), Prop.ForAll(Steps.ToArbitrary(), steps =>
        {
            var state = An.Declared();
            var now = An.T0;
            foreach (var step in steps)
            {
                now = now.AddMinutes(step.Minute);
                if (IsSeenByTheHub(step)) state = Seen(step, state, now);
                else if (IncidentRules.Decide(state, Command(step, now, state), An.Responder, now) is { IsOk: true, Value: var accepted })
                    state = accepted.Next;
            }
            TimeSpan?[] all = [Measures.ToAcknowledge(state.Timestamps),
                .. state.Cycles.SelectMany(c =>
                new[] { Measures.ToPause(c), Measures.ToProvenStop(c), Measures.ToContain(c), Measures.ToResolve(c) })];
            return all.All(m => m is null || m >= TimeSpan.Zero);
        }));
}
