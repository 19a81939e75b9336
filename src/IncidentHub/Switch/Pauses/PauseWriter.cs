using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Published writer: changes of pauses by incidents and decisions, in their transaction. They are consequences of accepted acts: a refusal
/// here is a bug and throws, so that the act is rolled back.
/// </summary>
internal sealed class PauseWriter(ProgramReader programs, PauseCommands pauses, StagedResume stages) : IEventHandler<ProgramScopeChanged>
{
    /// <summary>Applies the SEV policy to a program, for an incident.</summary>
    /// <param name="deadline">When the pause becomes active unless the owner declines.</param>
    public Task ProposeAsync(UnitOfWork tx, Guid programId, PauseCause cause, string reason, DateTimeOffset deadline, Actor actor) =>
        PlaceAsync(tx, new ProposePause(Order(tx, programId, reason, cause), deadline), programId, actor);

    /// <inheritdoc cref="ProposeAsync(UnitOfWork, Guid, PauseCause, string, DateTimeOffset, Actor)"/>
    public Task PlaceAsync(UnitOfWork tx, Guid programId, PauseCause cause, string reason, Actor actor) =>
        PlaceAsync(tx, new PlacePause(Order(tx, programId, reason, cause)), programId, actor);

    /// <summary>A proposed pause becomes active.</summary>
    public Task ActivateAsync(UnitOfWork tx, Guid pauseId, PauseCause cause, Actor actor) =>
        ApplyAsync(tx, pauseId, new ActivatePause(cause), actor);

    /// <summary>Withdraws a proposed pause on behalf of the hub: an owner's decline answers the proposal, a withdrawal does not.</summary>
    public Task WithdrawAsync(UnitOfWork tx, Guid pauseId, string reason) =>
        ApplyAsync(tx, pauseId, new DeclinePause(reason), Actor.System);

    /// <summary>Assigns an active pause to a new cycle of its incident.</summary>
    public Task ReassertAsync(UnitOfWork tx, Guid pauseId, PauseCause cause, Actor actor) =>
        ApplyAsync(tx, pauseId, new ReassertPause(cause), actor);

    /// <summary>Stops the staged resumes of these programs.</summary>
    /// <param name="reason">Must not name an incident: every reader of the program can read it.</param>
    public Task RecallAsync(UnitOfWork tx, IEnumerable<Guid> programIds, PauseCause cause, string reason, Actor actor) =>
        stages.RecallAsync(tx, programIds, cause, reason, actor);

    /// <summary>
    /// Proposes a pause of the whole program, active after the usual deadline unless its owner declines. Does nothing where a pause is open
    /// already, or the program is terminated.
    /// </summary>
    /// <param name="reason">Without a cause it must not name an incident: every reader of the program can read it.</param>
    public async Task ProposeAsync(UnitOfWork tx, Guid programId, string reason, Actor actor, PauseCause? cause = null)
    {
        var program = await ProgramAsync(tx, programId);
        if (program.Lifecycle != ProgramLifecycle.Live) return;
        if ((await PauseStore.OfProgramAsync(tx, programId, null, 50)).Any(p => p.State.IsOpen && p.State.Scope.IsWhole && !p.IsDrill))
            return;
        var proposal = new ProposePause(Order(tx, programId, reason, cause), tx.Now + PauseRules.DefaultDeadline);
        _ = (await pauses.PlaceAsync(tx, program, proposal, actor)).Value;
    }

    /// <summary>Lifts pauses by a final decision. A pause that is already lifted stays unchanged.</summary>
    public async Task LiftAsync(UnitOfWork tx, IReadOnlyCollection<Guid> pauseIds, Guid decisionId, string decisionLabel, Actor actor)
    {
        foreach (var id in pauseIds)
        {
            var pause = await pauses.GetAsync(tx, id);
            if (pause.State.Status == PauseStatus.Lifted) continue;
            _ = (await pauses.ApplyAsync(tx, pause, new LiftPause(new FinalDecision(decisionId, decisionLabel)), actor)).Value;
        }
    }

    /// <summary>Releases pauses in stages, by a final decision; the first stage begins at once, the last one lifts them.</summary>
    public Task ReleaseAsync(UnitOfWork tx, IReadOnlyCollection<Guid> pauseIds, IReadOnlyList<ResumeStage> plan, Guid decisionId,
        string decisionLabel, Actor actor) =>
        stages.BeginAsync(tx, pauseIds, plan, decisionId, decisionLabel, actor);

    /// <summary>
    /// An incident was merged into another: its open pauses continue under the surviving incident. The incidents feature records the merge.
    /// </summary>
    public async Task MoveAsync(UnitOfWork tx, Guid fromIncidentId, Guid toIncidentId, int cycle)
    {
        foreach (var pause in await PauseStore.OfIncidentAsync(tx, fromIncidentId)) tx.Journal.Wrote("Pause", pause.Id.ToString("D"));
        await tx.ExecuteAsync("Pause_MoveToIncident", new
        {
            From = fromIncidentId,
            To = toIncidentId,
            Cycle = cycle,
            At = tx.Now,
            By = Actor.System.Name,
            What = "moved to another incident",
        });
    }

    Task IEventHandler<ProgramScopeChanged>.HandleAsync(UnitOfWork tx, ProgramScopeChanged happened, Actor actor) =>
        ProgramChangedAsync(tx, happened.ProgramId);

    /// <summary>A change of the program changed what may be collected. Earlier permits are not renewed unchanged.</summary>
    public async Task ProgramChangedAsync(UnitOfWork tx, Guid programId)
    {
        var program = await ProgramAsync(tx, programId);
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        await ProgramSwitch.RecordAsync(tx, program, raised.Epoch, EpochCause.Program, null);
        // The new epoch follows from an event that the program's feature has recorded.
        tx.Touch($"program:{programId}", "programs");
    }

    /// <summary>
    /// Earlier signatures are not accepted any more: the collectors of every live program close and renew. Returns the number of programs.
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

    private static PauseOrder Order(UnitOfWork tx, Guid programId, string reason, PauseCause? cause = null) =>
        new(OrderedId.Next(tx.Now), programId, PauseScope.Whole, PauseOrigin.Policy, reason, cause);

    private async Task PlaceAsync(UnitOfWork tx, PauseCommand command, Guid programId, Actor actor) =>
        _ = (await pauses.PlaceAsync(tx, await ProgramAsync(tx, programId), command, actor)).Value;

    private async Task ApplyAsync(UnitOfWork tx, Guid pauseId, PauseCommand command, Actor actor) =>
        _ = (await pauses.ApplyAsync(tx, await pauses.GetAsync(tx, pauseId), command, actor)).Value;

    private async Task<ProgramFacts> ProgramAsync(UnitOfWork tx, Guid id) =>
        await programs.FindAsync(tx, id) ?? throw new InvalidOperationException($"There is no such program: {id}.");
}
