using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Published writer: what incidents and decisions do to pauses, in their transaction.</summary>
internal sealed class PauseWriter(ProgramReader programs, PauseConsequences consequences, StagedResume stages) : IEventHandler<ProgramScopeChanged>
{
    /// <summary>Carries out a plan, and answers the incident's pauses that are open then. A plan made afterwards keeps everything.</summary>
    public async Task<IReadOnlyList<PauseFacts>> CarryOutAsync(UnitOfWork tx, PausePlan plan, Actor actor)
    {
        foreach (var program in plan.Programs) await CarryOutAsync(tx, plan, program, actor);
        if (plan.StopsStagedResumes)
        {
            var reason = plan.Reopened ? "An incident was reopened during the staged resume." : "A new exposure became known during the staged resume.";
            await stages.RecallAsync(tx, plan.RecalledPrograms, plan.Cause, reason, actor);
        }
        return [.. (await PauseStore.OfIncidentAsync(tx, plan.Cause.IncidentId)).Where(p => p.State.IsOpen)];
    }

    /// <summary>Proposes a pause of the whole program, in force after the usual deadline unless its owner declines. Where one is open already, or the program has ended, nothing is done.</summary>
    /// <param name="reason">Names no incident: it is read by all who may read the program.</param>
    public async Task ProposeAsync(UnitOfWork tx, Guid programId, string reason, Actor actor)
    {
        var program = await programs.FindAsync(tx, programId) ?? throw new InvalidOperationException("The program does not exist.");
        if (program.Lifecycle != ProgramLifecycle.Live) return;
        if ((await PauseStore.OfProgramAsync(tx, programId, null, 50)).Any(p => p.State.IsOpen && p.State.Scope.IsWhole && !p.IsDrill)) return;
        var order = new PauseOrder(OrderedId.Next(tx.Now), programId, PauseScope.Whole, PauseOrigin.Policy, reason);
        await consequences.ProposeAsync(tx, program, Accepted(PauseRules.Begin(new ProposePause(order, tx.Now + PauseRules.DefaultDeadline), actor, tx.Now)), actor);
    }

    /// <summary>Lifts pauses by a final decision. A pause that is lifted already stays as it is; anything else that cannot be lifted throws, and rolls the decision back.</summary>
    public async Task LiftAsync(UnitOfWork tx, IReadOnlyCollection<Guid> pauseIds, Guid decisionId, string decisionLabel, Actor actor)
    {
        foreach (var id in pauseIds)
        {
            var pause = await PauseStore.FindAsync(tx, id) ?? throw new InvalidOperationException("The decision covers a pause that does not exist.");
            if (pause.Status == PauseStatus.Lifted) continue;
            var program = await ProgramOfAsync(tx, pause);
            var next = Accepted(PauseRules.Decide(pause.State, new LiftPause(new FinalDecision(decisionId, decisionLabel)), actor, tx.Now));
            await consequences.EndAsync(tx, program, pause, next, EpochCause.Lift, actor);
        }
    }

    /// <summary>Releases pauses in stages, by a final decision; the first begins at once, the last lifts them.</summary>
    public Task ReleaseAsync(UnitOfWork tx, IReadOnlyCollection<Guid> pauseIds, IReadOnlyList<ResumeStage> plan, Guid decisionId, string decisionLabel, Actor actor) =>
        stages.BeginAsync(tx, pauseIds, plan, decisionId, decisionLabel, actor);

    /// <summary>One incident was merged into another: its open pauses go on under the survivor.</summary>
    public Task MoveAsync(UnitOfWork tx, Guid fromIncidentId, Guid toIncidentId, int cycle) =>
        tx.ExecuteAsync("Pause_MoveToIncident", new { From = fromIncidentId, To = toIncidentId, Cycle = cycle });

    Task IEventHandler<ProgramScopeChanged>.HandleAsync(UnitOfWork tx, ProgramScopeChanged happened, Actor actor) => ProgramChangedAsync(tx, happened.ProgramId);

    /// <summary>What may be collected changed by the program itself. Permits of before are not renewed as they were.</summary>
    public async Task ProgramChangedAsync(UnitOfWork tx, Guid programId)
    {
        var program = await programs.FindAsync(tx, programId) ?? throw new InvalidOperationException("The program does not exist.");
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        await ProgramSwitch.RecordAsync(tx, program, raised.Epoch, EpochCause.Program, null);
        tx.Touch($"program:{programId}", "programs");
    }

    /// <summary>Nothing that was signed before is to be believed: every live program's collectors close and ask again. Answers how many programs.</summary>
    public async Task<int> PermitsVoidAsync(UnitOfWork tx)
    {
        var raised = 0;
        foreach (var at in await ProgramSwitch.EpochsAsync(tx))
        {
            if (await programs.FindAsync(tx, at.ProgramId) is not { Lifecycle: ProgramLifecycle.Live }) continue;
            await ProgramChangedAsync(tx, at.ProgramId);
            raised++;
        }
        return raised;
    }

    private async Task CarryOutAsync(UnitOfWork tx, PausePlan plan, ProgramPlan step, Actor actor)
    {
        if (step.Act is not (PlannedAct.Propose or PlannedAct.Pause or PlannedAct.Activate or PlannedAct.Withdraw) && !step.Reasserts) return;
        var program = await programs.FindAsync(tx, step.ProgramId) ?? throw new InvalidOperationException($"The plan names a program that does not exist: {step.ProgramId}.");
        var standing = step.PauseId is { } id ? await PauseStore.FindAsync(tx, id) ?? throw new InvalidOperationException("The plan names a pause that does not exist.") : null;
        switch (step.Act)
        {
            case PlannedAct.Propose:
                var proposed = PauseRules.Begin(new ProposePause(Order(tx, plan, program), step.Deadline!.Value), actor, tx.Now);
                await consequences.ProposeAsync(tx, program, Accepted(proposed), actor);
                break;
            case PlannedAct.Pause:
                var placed = PauseRules.Begin(new PlacePause(Order(tx, plan, program), await consequences.RaiseAsync(tx, program)), actor, tx.Now);
                await consequences.BeginAsync(tx, program, Accepted(placed), actor);
                break;
            case PlannedAct.Activate:
                var activate = new BringInForce(await consequences.RaiseAsync(tx, program), plan.Cause);
                await consequences.TakeForceAsync(tx, program, standing!, Accepted(PauseRules.Decide(standing!.State, activate, actor, tx.Now)), actor);
                break;
            case PlannedAct.Withdraw:
                // By the hub itself: an owner's decline counts as an answer, this does not.
                var withdraw = new DeclinePause("The incident no longer involves this program.");
                await consequences.DeclineAsync(tx, program, standing!, Accepted(PauseRules.Decide(standing!.State, withdraw, Actor.System, tx.Now)), Actor.System);
                break;
            default:
                await consequences.ReassertAsync(tx, program, standing!, Accepted(PauseRules.Decide(standing!.State, new ReassertPause(plan.Cause), actor, tx.Now)), actor);
                break;
        }
    }

    // The reason names no incident: that a program is paused is public in the company, why may not be.
    private static PauseOrder Order(UnitOfWork tx, PausePlan plan, ProgramFacts program)
    {
        var reason = $"{plan.Cause.Sev.Label()}: required by the SEV policy, version {plan.Cause.PolicyVersion}.";
        return new(OrderedId.Next(tx.Now), program.Id, PauseScope.Whole, PauseOrigin.Policy, reason, plan.Cause);
    }

    private async Task<ProgramFacts> ProgramOfAsync(UnitOfWork tx, PauseFacts pause) =>
        await programs.FindAsync(tx, pause.ProgramId) ?? throw new InvalidOperationException("The pause's program does not exist.");

    // Consequences of accepted acts: a refusal here is a bug, and must roll the act back.
    private static PauseState Accepted(Outcome<PauseState> outcome) => outcome is Outcome<PauseState>.Accepted accepted
        ? accepted.Next
        : throw new InvalidOperationException($"A consequence was refused: {((Outcome<PauseState>.Refused)outcome).Why.Message}");
}
