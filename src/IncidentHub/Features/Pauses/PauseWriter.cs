using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Pauses;

/// <summary>Published writer: what incidents and decisions do to pauses, in their transaction.</summary>
internal sealed class PauseWriter(ProgramReader programs, PauseConsequences consequences, StagedResume stages)
{
    /// <summary>
    /// Does for each program what the SEV policy asks, and answers the incident's pauses that stand. Call it on declaring and after every change of SEV,
    /// cycle or links; doing it again changes nothing.
    /// </summary>
    public async Task<IReadOnlyList<PauseFacts>> ApplyPolicyAsync(UnitOfWork tx, PolicyRun run, Actor actor)
    {
        var before = await PauseStore.OfIncidentAsync(tx, run.IncidentId);
        var involved = run.Involvements.GroupBy(i => i.ProgramId).ToDictionary(g => g.Key, g => g.Min(i => i.Kind));
        foreach (var programId in involved.Keys.Union(before.Where(p => p.State.IsOpen).Select(p => p.ProgramId)))
        {
            var program = await programs.FindAsync(tx, programId) ?? throw new InvalidOperationException($"The incident names a program that does not exist: {programId}.");
            if (program.Lifecycle == ProgramLifecycle.Terminated) continue;
            Involvement? kind = involved.TryGetValue(programId, out var found) ? found : null;
            await AnswerAsync(tx, run, program, kind, [.. before.Where(p => p.ProgramId == programId)], actor);
        }
        return [.. (await PauseStore.OfIncidentAsync(tx, run.IncidentId)).Where(p => p.State.IsOpen)];
    }

    /// <summary>Proposes a pause of the whole program, in force after the usual deadline unless its owner declines. Where one is open already, or the program has ended, nothing is done.</summary>
    /// <param name="reason">Names no incident: it is read by all who may read the program.</param>
    public async Task ProposeAsync(UnitOfWork tx, Guid programId, string reason, Actor actor)
    {
        var program = await programs.FindAsync(tx, programId) ?? throw new InvalidOperationException("The program does not exist.");
        if (program.Lifecycle != ProgramLifecycle.Live) return;
        if ((await PauseStore.OfProgramAsync(tx, programId, null, 50)).Any(p => p.State.IsOpen && p.State.Scope.IsWhole && !p.IsDrill)) return;
        var order = new PauseOrder(OrderedId.Next(tx.Now), programId, PauseScope.Whole, PauseOrigin.Policy, reason);
        await consequences.ProposeAsync(tx, program, Accepted(PauseRules.Begin(new ProposePause(order, tx.Now + PolicyPauses.DefaultDeadline), actor, tx.Now)), actor);
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

    /// <summary>An incident was reopened, or has a new exposure: whatever stages released of the programs that it involves stops again at once.</summary>
    public Task RecallAsync(UnitOfWork tx, PolicyRun run, Actor actor) => stages.RecallAsync(
        tx, run.Involvements.Where(i => i.Kind != Involvement.Downstream).Select(i => i.ProgramId).Distinct(), new PauseCause(run.IncidentId, run.Cycle, run.Sev, run.PolicyVersion),
        run.Reopened ? "An incident was reopened during the resume in stages." : "A new exposure came to light during the resume in stages.", actor);

    /// <summary>One incident was merged into another: its open pauses go on under the survivor.</summary>
    public Task MoveAsync(UnitOfWork tx, Guid fromIncidentId, Guid toIncidentId, int cycle) =>
        tx.ExecuteAsync("Pause_MoveToIncident", new { From = fromIncidentId, To = toIncidentId, Cycle = cycle });

    /// <summary>What may be collected changed by the program itself: its categories, regions, launch or end. Permits of before are not renewed as they were.</summary>
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

    private async Task AnswerAsync(UnitOfWork tx, PolicyRun run, ProgramFacts program, Involvement? kind, IReadOnlyList<PauseFacts> pauses, Actor actor)
    {
        var cause = new PauseCause(run.IncidentId, run.Cycle, run.Sev, run.PolicyVersion);
        var standing = pauses.LastOrDefault(p => p.State.IsOpen && p.State.Scope.IsWhole);
        switch (PolicyPauses.For(run.Mode, kind, cause, [.. pauses.Select(p => p.State)]))
        {
            case PolicyAnswer.Nothing:
                break;
            case PolicyAnswer.Propose:
                var deadline = tx.Now + (run.Mode == Domain.Severity.PauseMode.Proposed ? run.ProposalDeadline ?? PolicyPauses.DefaultDeadline : PolicyPauses.DefaultDeadline);
                await consequences.ProposeAsync(tx, program, Accepted(PauseRules.Begin(new ProposePause(Order(tx, run, program, cause), deadline), actor, tx.Now)), actor);
                break;
            case PolicyAnswer.Place:
                var raised = await consequences.RaiseAsync(tx, program);
                await consequences.BeginAsync(tx, program, Accepted(PauseRules.Begin(new PlacePause(Order(tx, run, program, cause), raised), actor, tx.Now)), actor);
                break;
            case PolicyAnswer.BringInForce:
                raised = await consequences.RaiseAsync(tx, program);
                await consequences.TakeForceAsync(tx, program, standing!, Accepted(PauseRules.Decide(standing!.State, new BringInForce(raised, run.Sev, run.PolicyVersion), actor, tx.Now)), actor);
                break;
            case PolicyAnswer.Reassert:
                await consequences.ReassertAsync(tx, program, standing!, Accepted(PauseRules.Decide(standing!.State, new ReassertPause(cause), actor, tx.Now)), actor);
                break;
            case PolicyAnswer.Withdraw:
                // By the hub itself: an owner's decline counts as an answer, this does not.
                var withdraw = new DeclinePause("The incident no longer involves this program.");
                if (tx.Now < standing!.State.Deadline)
                    await consequences.DeclineAsync(tx, program, standing, Accepted(PauseRules.Decide(standing.State, withdraw, Actor.System, tx.Now)), Actor.System);
                break;
            default:
                throw new InvalidOperationException("The policy gave an answer that nobody carries out.");
        }
    }

    // The reason names no incident: that a program is paused is public in the company, why may not be.
    private static PauseOrder Order(UnitOfWork tx, PolicyRun run, ProgramFacts program, PauseCause cause) =>
        new(OrderedId.Next(tx.Now), program.Id, PauseScope.Whole, PauseOrigin.Policy, $"{run.Sev.Label()}: asked for by the SEV policy, version {run.PolicyVersion}.", cause);

    private async Task<ProgramFacts> ProgramOfAsync(UnitOfWork tx, PauseFacts pause) =>
        await programs.FindAsync(tx, pause.ProgramId) ?? throw new InvalidOperationException("The pause's program does not exist.");

    // Consequences of accepted acts: a refusal here is a bug, and must roll the act back.
    private static PauseState Accepted(Outcome<PauseState> outcome) => outcome is Outcome<PauseState>.Accepted accepted
        ? accepted.Next
        : throw new InvalidOperationException($"A consequence was refused: {((Outcome<PauseState>.Refused)outcome).Why.Message}");
}
