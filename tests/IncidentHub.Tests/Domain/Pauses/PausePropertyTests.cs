using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Pauses;

/// <summary>Random orders of valid and invalid commands, with increasing times.</summary>
public sealed class PausePropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private sealed record Step(PauseCommand Command, Actor Actor, int SecondsLater);

    [Fact]
    public void No_order_of_commands_leaves_an_impossible_state() => Check.One(Thorough, Prop.ForAll(Runs(), run =>
        Play(run).All(s => PauseInvariants.Broken(s.After) is null)));

    [Fact]
    public void Nothing_but_a_final_decision_or_the_planned_end_of_a_drill_lifts_a_pause() => Check.One(Thorough, Prop.ForAll(Runs(), run =>
        Play(run).Where(s => s.Before is { Status: PauseStatus.Active } && s.After.Status != PauseStatus.Active)
            .All(s => s.Step.Command switch
        {
            LiftPause lift => !s.Before!.IsDrill && lift.Decision.Id != Guid.Empty && s.After.Status == PauseStatus.Lifted,
            EndDrill => s.Before!.IsDrill && s.At >= s.Before.DrillEndsAt,
            _ => false,
        })));

    [Fact]
    public void Only_a_final_decision_releases_a_share_which_only_rises_until_it_is_revoked() =>
        Check.One(Thorough, Prop.ForAll(Runs(), run =>
        Play(run).Where(s => s.Before is not null && s.Before.ReleasedShare != s.After.ReleasedShare).All(s => s.Step.Command switch
        {
            ReleaseShare release => !s.Before!.IsDrill && release.Decision.Id != Guid.Empty
                && s.After.ReleasedShare > s.Before.ReleasedShare && s.After.Status == PauseStatus.Active,
            RevokeShare => s.After.ReleasedShare == 0 && s.After.Status == PauseStatus.Active,
            LiftPause => s.After.Status == PauseStatus.Lifted,
            _ => false,
        })));

    [Fact]
    public void The_epoch_and_the_guaranteed_stop_time_of_an_active_pause_never_change() =>
        Check.One(Thorough, Prop.ForAll(Runs(), run =>
        Play(run).Where(s => s.Before?.Activated is not null).All(s =>
            (s.Before!.Epoch, s.Before.GuaranteedAt, s.Before.Activated) == (s.After.Epoch, s.After.GuaranteedAt, s.After.Activated))));

    [Fact]
    public void Every_accepted_command_raises_the_version_by_one() => Check.One(Thorough, Prop.ForAll(Runs(), run =>
        Play(run).All(s => s.After.Version == (s.Before?.Version ?? 0) + 1)));

    [Fact]
    public void The_samples_reach_every_status()
    {
        var reached = Gen.Sample(Runs().Generator, 2_000).SelectMany(Play).Select(s => (s.After.Status, s.After.IsDrill)).ToHashSet();
        Assert.Superset(new HashSet<(PauseStatus, bool)> { (PauseStatus.Proposed, false), (PauseStatus.Declined, false),
            (PauseStatus.Active, false), (PauseStatus.Active, true), (PauseStatus.Lifted, false), (PauseStatus.Lifted, true) }, reached);
    }

    private static IEnumerable<(PauseState? Before, PauseState After, Step Step, DateTimeOffset At)> Play(Step[] run)
    {
        PauseState? state = null;
        var now = T0;
        foreach (var step in run)
        {
            now = now.AddSeconds(step.SecondsLater);
            var begins = step.Command is ProposePause or PlacePause or StartDrill;
            if (state is null && !begins) continue;
            var outcome = state is null
                ? PauseRules.Begin(step.Command, step.Actor, now) : PauseRules.Decide(state, step.Command, step.Actor, now);
            if (outcome is not { IsOk: true, Value: var accepted }) continue;
            yield return (state, accepted.Next, step, now);
            state = accepted.Next;
        }
    }

    private static Arbitrary<Step[]> Runs() => Gen.ArrayOf(Steps(), 12).ToArbitrary();

    private static Gen<Step> Steps()
    {
        var moments = Gen.Choose(-100, 4_000).Select(s => T0.AddSeconds(s));
        var causes = Gen.Choose(1, 4).Select(cycle => Cause(cycle));
        var noCause = Gen.Constant<PauseCause?>(null);
        var orders = from cause in Gen.OneOf(noCause, causes.Select(c => (PauseCause?)c))
                     from reason in Gen.Elements("because", "", "x")
                     select Order(cause: cause) with { Reason = reason };
        var raised = from epoch in Gen.Choose(1, 50)
                     from exp in Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), moments.Select(m => (DateTimeOffset?)m))
                     from gracePeriod in Gen.Choose(0, 5)
                     select new RaisedSwitch(epoch, exp, TimeSpan.FromSeconds(gracePeriod));
        var commands = Gen.OneOf(
            orders.Zip(moments, (o, at) => (PauseCommand)new ProposePause(o, at)),
            orders.Zip(raised, (o, r) => (PauseCommand)new PlacePause(o) { Raised = r }),
            orders.Zip(moments, (o, at) => (o, at)).Zip(raised, (x, r) => (PauseCommand)new StartDrill(x.o, x.at) { Raised = r }),
            raised.Select(r => (PauseCommand)new ActivatePause { Raised = r }),
            raised.Select(r => (PauseCommand)new ActivatePause(Cause(4, Sev.Critical)) { Raised = r }),
            Gen.Elements("no", "").Select(r => (PauseCommand)new DeclinePause(r)),
            causes.Select(c => (PauseCommand)new ReassertPause(c)),
            Gen.Elements(Decision, new FinalDecision(Guid.Empty, "")).Select(d => (PauseCommand)new LiftPause(d) { Raised = Raised }),
            (from percent in Gen.Choose(-5, 105)
             from d in Gen.Elements(Decision, Decision, new FinalDecision(Guid.Empty, ""))
             select (PauseCommand)new ReleaseShare(d, percent) { Raised = Raised }),
            Gen.Constant((PauseCommand)new RevokeShare(Decision.Id)),
            Gen.Constant((PauseCommand)End));
        return from command in commands
               from actor in Gen.Elements(Owner, Actor.System)
               from later in Gen.Frequency((4, Gen.Choose(0, 60)), (1, Gen.Choose(0, 5_000)))
               select new Step(command, actor, later);
    }
}
