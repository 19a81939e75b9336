using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Published writer: what incidents and decisions do to pauses, in their transaction.</summary>
internal sealed class PauseWriter(ProgramReader programs, PauseConsequences consequences, StagedResume stages)
    : IEventHandler<ProgramScopeChanged>
{
    /// <summary>What the SEV policy does to a program, for an incident.</summary>
    /// <param name="deadline">When the pause becomes active unless the owner declines.</param>
    public async Task ProposeAsync(UnitOfWork tx, Guid programId, PauseCause cause, string reason, DateTimeOffset deadline, Actor actor)
    {
        var program = await ProgramAsync(tx, programId);
        var order = new PauseOrder(OrderedId.Next(tx.Now), programId, PauseScope.Whole, PauseOrigin.Policy, reason, cause);
        await consequences.ProposeAsync(tx, program, Accepted(PauseRules.Begin(new ProposePause(order, deadline), actor, tx.Now)), actor);
    }

    /// <inheritdoc cref="ProposeAsync(UnitOfWork, Guid, PauseCause, string, DateTimeOffset, Actor)"/>
    public async Task PlaceAsync(UnitOfWork tx, Guid programId, PauseCause cause, string reason, Actor actor)
    {
        var program = await ProgramAsync(tx, programId);
        var order = new PauseOrder(OrderedId.Next(tx.Now), programId, PauseScope.Whole, PauseOrigin.Policy, reason, cause);
        var placed = PauseRules.Begin(new PlacePause(order, await consequences.RaiseAsync(tx, program)), actor, tx.Now);
        await consequences.BeginAsync(tx, program, Accepted(placed), actor);
    }

    /// <summary>A proposed pause becomes active.</summary>
    public async Task ActivateAsync(UnitOfWork tx, Guid pauseId, PauseCause cause, Actor actor)
    {
        var (pause, program) = await FindAsync(tx, pauseId);
        var activate = new BringInForce(await consequences.RaiseAsync(tx, program), cause);
        await consequences.TakeForceAsync(tx, program, pause, Accepted(PauseRules.Decide(pause.State, activate, actor, tx.Now)), actor);
    }

    /// <summary>A proposed pause is withdrawn by the hub itself: an owner's decline counts as an answer, this does not.</summary>
    public async Task WithdrawAsync(UnitOfWork tx, Guid pauseId, string reason)
    {
        var (pause, program) = await FindAsync(tx, pauseId);
        var next = Accepted(PauseRules.Decide(pause.State, new DeclinePause(reason), Actor.System, tx.Now));
        await consequences.DeclineAsync(tx, program, pause, next, Actor.System);
    }

    /// <summary>An active pause counts for a new cycle of its incident.</summary>
    public async Task ReassertAsync(UnitOfWork tx, Guid pauseId, PauseCause cause, Actor actor)
    {
        var (pause, program) = await FindAsync(tx, pauseId);
        await consequences.ReassertAsync(tx, program, pause,
            Accepted(PauseRules.Decide(pause.State, new ReassertPause(cause), actor, tx.Now)), actor);
    }

    /// <summary>Stops the staged resumes of these programs.</summary>
    /// <param name="reason">Names no incident: it is read by all who may read the program.</param>
    public Task RecallAsync(UnitOfWork tx, IEnumerable<Guid> programIds, PauseCause cause, string reason, Actor actor) =>
        stages.RecallAsync(tx, programIds, cause, reason, actor);

    /// <summary>
    /// Proposes a pause of the whole program, in force after the usual deadline unless its owner declines. Where one is open already, or
    /// the program has ended, nothing is done.
    /// </summary>
    /// <param name="reason">Names no incident: it is read by all who may read the program.</param>
    public async Task ProposeAsync(UnitOfWork tx, Guid programId, string reason, Actor actor)
    {
        var program = await ProgramAsync(tx, programId);
        if (program.Lifecycle != ProgramLifecycle.Live) return;
        if ((await PauseStore.OfProgramAsync(tx, programId, null, 50)).Any(p => p.State.IsOpen && p.State.Scope.IsWhole && !p.IsDrill))
            return;
        var order = new PauseOrder(OrderedId.Next(tx.Now), programId, PauseScope.Whole, PauseOrigin.Policy, reason);
        await consequences.ProposeAsync(
            tx, program, Accepted(PauseRules.Begin(new ProposePause(order, tx.Now + PauseRules.DefaultDeadline), actor, tx.Now)), actor);
    }

    /// <summary>
    /// Lifts pauses by a final decision. A pause that is lifted already stays as it is; anything else that cannot be lifted throws, and
    /// rolls the decision back.
    /// </summary>
    public async Task LiftAsync(UnitOfWork tx, IReadOnlyCollection<Guid> pauseIds, Guid decisionId, string decisionLabel, Actor actor)
    {
        foreach (var id in pauseIds)
        {
            var pause = await PauseStore.FindAsync(tx, id) ?? throw new InvalidOperationException(
                "The decision covers a pause that does not exist.");
            if (pause.Status == PauseStatus.Lifted) continue;
            var program = await ProgramAsync(tx, pause.ProgramId);
            var next = Accepted(PauseRules.Decide(pause.State, new LiftPause(new FinalDecision(decisionId, decisionLabel)), actor, tx.Now));
            await consequences.EndAsync(tx, program, pause, next, EpochCause.Lift, actor);
        }
    }

    /// <summary>Releases pauses in stages, by a final decision; the first begins at once, the last lifts them.</summary>
    public Task ReleaseAsync(UnitOfWork tx, IReadOnlyCollection<Guid> pauseIds, IReadOnlyList<ResumeStage> plan, Guid decisionId,
        string decisionLabel, Actor actor) =>
        stages.BeginAsync(tx, pauseIds, plan, decisionId, decisionLabel, actor);

    /// <summary>One incident was merged into another: its open pauses go on under the survivor.</summary>
    public Task MoveAsync(UnitOfWork tx, Guid fromIncidentId, Guid toIncidentId, int cycle) =>
        tx.ExecuteAsync("Pause_MoveToIncident", new { From = fromIncidentId, To = toIncidentId, Cycle = cycle });

    Task IEventHandler<ProgramScopeChanged>.HandleAsync(UnitOfWork tx, ProgramScopeChanged happened, Actor actor) =>
        ProgramChangedAsync(tx, happened.ProgramId);

    /// <summary>What may be collected changed by the program itself. Permits of before are not renewed as they were.</summary>
    public async Task ProgramChangedAsync(UnitOfWork tx, Guid programId)
    {
        var program = await ProgramAsync(tx, programId);
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        await ProgramSwitch.RecordAsync(tx, program, raised.Epoch, EpochCause.Program, null);
        tx.Touch($"program:{programId}", "programs");
    }

    /// <summary>
    /// Nothing that was signed before is to be believed: every live program's collectors close and ask again. Answers how many programs.
    /// </summary>
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

    private async Task<ProgramFacts> ProgramAsync(UnitOfWork tx, Guid id) =>
        await programs.FindAsync(tx, id) ?? throw new InvalidOperationException($"There is no such program: {id}.");

    private async Task<(PauseFacts Pause, ProgramFacts Program)> FindAsync(UnitOfWork tx, Guid pauseId)
    {
        var pause = await PauseStore.FindAsync(tx, pauseId) ?? throw new InvalidOperationException($"There is no such pause: {pauseId}.");
        return (pause, await ProgramAsync(tx, pause.ProgramId));
    }

    // Consequences of accepted acts: a refusal here is a bug, and must roll the act back.
    private static PauseState Accepted(Result<Accepted<PauseState>> outcome) => outcome.Value.Next;
}
