using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using static IncidentHub.Tests.Domain.Pauses.PauseSamples;

namespace IncidentHub.Tests.Domain.Incidents;

/// <summary>Random levels, links and pauses: the plan is compared with the result of the pause rules when it is carried out.</summary>
public sealed class PausePlanPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private sealed record Case(SevLevel Level, PauseCause Cause, LinkedProgram Program, DateTimeOffset Now);

    [Fact]
    public void The_rules_accept_the_plan_and_reach_its_result() =>
        Check.One(Thorough, Prop.ForAll(Cases().ToArbitrary(), c =>
    {
        var plan = ProgramPlan.For(c.Level, c.Cause, c.Program, c.Now);
        var after = CarryOut(plan, c);
        var open = after.LastOrDefault(p => p.IsOpen && !p.IsDrill && p.Scope.IsWhole);
        return plan.Act switch
        {
            PlannedAct.Pause or PlannedAct.Activate => open is { Status: PauseStatus.Active } && open.Cause!.Sev == c.Cause.Sev,
            PlannedAct.KeepActive => open is { Status: PauseStatus.Active } && open.Id == plan.PauseId,
            PlannedAct.Propose => open is { Status: PauseStatus.Proposed } && open.Deadline == plan.Deadline
                && open.Deadline == c.Now + plan.DeclineWithin,
            PlannedAct.KeepProposed => open is { Status: PauseStatus.Proposed } && open.Id == plan.PauseId
                && open.Deadline == plan.Deadline,
            PlannedAct.Withdraw => after.Single(p => p.Id == plan.PauseId).Status == PauseStatus.Declined,
            _ => after.SequenceEqual(c.Program.Pauses),
        };
    }));

    [Fact]
    public void A_plan_is_idempotent() => Check.One(Thorough, Prop.ForAll(Cases().ToArbitrary(), c =>
    {
        var after = CarryOut(ProgramPlan.For(c.Level, c.Cause, c.Program, c.Now), c);
        var again = ProgramPlan.For(c.Level, c.Cause, c.Program with { Pauses = after }, c.Now);
        return again.Act is not (PlannedAct.Pause or PlannedAct.Activate or PlannedAct.Propose or PlannedAct.Withdraw) && !again.Reasserts;
    }));

    [Fact]
    public void No_plan_lifts_an_active_pause() => Check.One(Thorough, Prop.ForAll(Cases().ToArbitrary(), c =>
        CarryOut(ProgramPlan.For(c.Level, c.Cause, c.Program, c.Now), c)
            .Where(p => c.Program.Pauses.Any(b => b.Id == p.Id && b.Status == PauseStatus.Active))
            .All(p => p.Status == PauseStatus.Active)));

    [Fact]
    public void A_more_severe_level_never_pauses_less() => Check.One(Thorough, Prop.ForAll(Cases().ToArbitrary(), c =>
        Rank(ProgramPlan.For(c.Level with { Pause = PauseMode.AtOnce, ProposalDeadline = null }, c.Cause, c.Program, c.Now)) >= Rank(
            ProgramPlan.For(c.Level, c.Cause, c.Program, c.Now))));

    [Fact]
    public void The_samples_reach_every_act()
    {
        var reached = Gen.Sample(Cases(), 3_000).Select(c => ProgramPlan.For(c.Level, c.Cause, c.Program, c.Now).Act).ToHashSet();
        Assert.Superset(Enum.GetValues<PlannedAct>().ToHashSet(), reached);
    }

    private static int Rank(ProgramPlan plan) => plan.Act switch
    {
        PlannedAct.Pause or PlannedAct.Activate or PlannedAct.KeepActive => 2,
        PlannedAct.Propose or PlannedAct.KeepProposed => 1,
        _ => 0,
    };

    // Like the writer, with the same rules.
    private static IReadOnlyList<PauseState> CarryOut(ProgramPlan plan, Case c)
    {
        PauseOrder New() => new(OrderedId.Next(c.Now), ProgramId, PauseScope.Whole, PauseOrigin.Policy, "Required", c.Cause);
        IReadOnlyList<PauseState> With(PauseCommand command, Actor? actor = null) =>
            [.. c.Program.Pauses.Select(p => p.Id == plan.PauseId ? Accepted(PauseRules.Decide(p, command, actor ?? Owner, c.Now)) : p)];
        return plan.Act switch
        {
            PlannedAct.Pause => [.. c.Program.Pauses, Accepted(PauseRules.Begin(new PlacePause(New()) { Raised = Raised }, Owner, c.Now))],
            PlannedAct.Propose =>
                [.. c.Program.Pauses, Accepted(PauseRules.Begin(new ProposePause(New(), plan.Deadline!.Value), Owner, c.Now))],
            PlannedAct.Activate => With(new ActivatePause(c.Cause) { Raised = Raised }),
            PlannedAct.Withdraw => With(new DeclinePause("Not involved any more"), Actor.System),
            _ => plan.Reasserts ? With(new ReassertPause(c.Cause)) : c.Program.Pauses,
        };
    }

    private static Gen<Case> Cases() =>
        from mode in Gen.Elements(Enum.GetValues<PauseMode>())
        from deadline in Gen.Elements(Term.Minutes(5), Term.Hours(2), Term.Days(7))
        from sev in Gen.Choose(0, 5).Select(s => (Sev)s)
        from cycle in Gen.Choose(2, 3)
        from kind in Gen.Elements<Involvement?>(null, Involvement.Source, Involvement.Suspected, Involvement.Downstream)
        from lifecycle in Gen.Frequency((8, Gen.Constant(ProgramLifecycle.Live)), (1, Gen.Constant(ProgramLifecycle.Draft)),
            (1, Gen.Constant(ProgramLifecycle.Terminated)))
        from ended in Gen.ListOf(EndedPauses(), 2)
        from open in Gen.OneOf(Gen.Constant<PauseState[]>([]), OpenPauses().Select(p => new[] { p }))
        from minutes in Gen.Choose(0, 90)
        select new Case(
            ProgramPlanTests.Level(mode, deadline) with { Sev = sev }, Cause(cycle, sev),
                new LinkedProgram(ProgramId, "MCI", kind, lifecycle, [.. ended, .. open]), T0.AddMinutes(minutes));

    private static Gen<PauseState> EndedPauses() =>
        from cause in Causes()
        from pause in Gen.Elements(Lifted(cause), Declined(cause), Declined(cause, Actor.System),
            Active(PauseScope.Of(["clicks"], null), cause))
        select pause;

    private static Gen<PauseState> OpenPauses() =>
        from cause in Causes()
        from pause in Gen.Elements(Active(cause: cause), Proposed(cause), Proposed(cause, PauseOrigin.Person))
        select pause;

    private static Gen<PauseCause> Causes() =>
        from cycle in Gen.Choose(1, 2)
        from sev in Gen.Choose(0, 5)
        select Cause(cycle, (Sev)sev);
}
