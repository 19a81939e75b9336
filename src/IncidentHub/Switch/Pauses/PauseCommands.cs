using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Pauses;

/// <summary>A person pauses a program: the whole of it, or named categories and regions.</summary>
/// <param name="DrillFor">The duration of a drill; null for a real pause.</param>
/// <param name="IncidentCode">The incident that it belongs to; null for none.</param>
/// <param name="Buffers">What collectors must do with their buffers; a drill always holds.</param>
internal sealed record OrderPause(
    string ProgramCode, string? Reason, IReadOnlyList<string>? Categories = null, IReadOnlyList<string>? Regions = null,
    TimeSpan? DrillFor = null, string? IncidentCode = null, BufferPolicy Buffers = BufferPolicy.Hold);

/// <summary>
/// Changes of a pause, by its id. The epoch is raised in the same transaction; the population of a new pause is written by a separate
/// transaction (<see cref="StopPopulation"/>), so that the pause is active and announced first, regardless of the number of collectors.
/// </summary>
internal sealed class PauseCommands(Db db, ProgramReader programs, ICauseLookup incidents, PauseCauses causes, StopReports reports,
    StopClock clock, ClockSteps steps) : Commands<Guid, PauseRecord, PauseState, PauseCommand>(db)
{
    private static readonly TimeSpan LongestAsked = TimeSpan.FromDays(3650);

    protected override string Thing => "The pause";

    protected override Act ReadAct => Act.ReadPrograms;

    /// <summary>A person's pause or drill.</summary>
    public async Task<Result<PauseRecord>> OrderAsync(OrderPause order, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, ReadAct) is { } denied) return denied;
        return await Db.WriteAsync<PauseRecord>(tx => OrderAsync(tx, order, actor), WriteLane.Pause, ct);
    }

    /// <summary>The same within an open transaction.</summary>
    internal async Task<Result<PauseRecord>> OrderAsync(UnitOfWork tx, OrderPause order, Actor actor)
    {
        if (await programs.FindByCodeAsync(tx, order.ProgramCode) is not { } program) return Refusal.NotFound("The program");
        if (AccessTable.Deny(actor, order.DrillFor is null ? Act.PauseProgram : Act.RunDrill, program.Relation(actor)) is { } denied)
            return denied;
        if (program.Lifecycle == ProgramLifecycle.Terminated)
            return Refusal.NotAllowed("program_terminated", $"{program.Code} was terminated permanently. Its collectors cannot collect.");
        // A name without a usable character would be dropped, and the pause would cover everything.
        var (categories, regions) = (order.Categories?.Select(c => DataCategories.Key(c ?? "")).ToList(),
            order.Regions?.Select(r => Regions.Key(r ?? "")).ToList());
        var scope = PauseScope.Of(categories, regions);
        if (scope.Check(new Validation(), program.Categories, program.Regions)
            .Check(categories?.Contains("") != true, "categories", "A name is empty.")
            .Check(regions?.Contains("") != true, "regions", "A name is empty.")
            .ToRefusal() is { } unknown) return unknown;

        PauseCause? cause = null;
        if (!string.IsNullOrWhiteSpace(order.IncidentCode))
        {
            if (await incidents.FindAsync(tx, actor, new(null, order.IncidentCode)) is not { } incident)
                return Refusal.NotFound("The incident");
            cause = new PauseCause(incident.Id, incident.Cycle, incident.Sev, null);
        }
        var pause = new PauseOrder(OrderedId.Next(tx.Now), program.Id, scope, PauseOrigin.Person, order.Reason ?? "", cause, order.Buffers);
        return await PlaceAsync(tx, program,
            order.DrillFor is { } drill ? new StartDrill(pause, Later(tx.Now, drill)) : new PlacePause(pause), actor);
    }

    /// <summary>A new pause: proposed, active, or a drill. Permission was checked.</summary>
    internal async Task<Result<PauseRecord>> PlaceAsync(UnitOfWork tx, ProgramFacts program, PauseCommand command, Actor actor)
    {
        var raised = command is ProposePause ? null : await RaiseAsync(tx, program);
        var outcome = PauseRules.Begin(command with { Raised = raised }, actor, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        var (next, events) = outcome.Value;
        var placed = new PauseRecord(new(next, raised?.GracePeriod, null, null, Change(tx, events, actor)), program);
        await PauseStore.InsertAsync(tx, placed.Pause);
        foreach (var happened in events) await tx.RecordAsync(actor, PauseHistory.Of(program, next, happened));
        return await FollowAsync(tx, placed, next, events, actor);
    }

    /// <summary>The pause with its program; it must exist.</summary>
    internal async Task<PauseRecord> GetAsync(ISql sql, Guid pauseId) =>
        await FindAsync(sql, pauseId) ?? throw new InvalidOperationException($"There is no such pause: {pauseId}.");

    protected override async Task<PauseRecord?> LoadAsync(UnitOfWork tx, Guid id, Actor actor)
    {
        if (await FindAsync(tx, id) is not { } record) return null;
        var why = (await causes.OfAsync(tx, [record.State], actor))(record.State);
        if (!why.Exists(record.State, actor, record.Relation(actor))) return null;
        // The refusal of a stale command tells nothing that the public projection does not contain.
        if (why.Shown) return record;
        var change = ChangeNote.Of(record.Pause.LastChange.At, "another person", "changed");
        return record with { Pause = record.Pause with { LastChange = change } };
    }

    protected override Act ActOf(PauseCommand command) => command switch
    {
        ActivatePause or SealBuffers => Act.PauseProgram,
        DeclinePause => Act.DeclinePause,
        ProposePause or PlacePause or StartDrill or ReassertPause or ReleaseShare or RevokeShare or LiftPause or EndDrill or _ =>
            throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command by id."),
    };

    protected override WriteLane LaneOf(PauseCommand command) => command is DeclinePause ? WriteLane.Normal : WriteLane.Pause;

    protected override async Task<Result<Accepted<PauseState>>> DecideAsync(UnitOfWork tx, PauseRecord loaded, PauseCommand command,
        Actor actor)
    {
        // The switch before the pause: the same lock order everywhere.
        if (command is ActivatePause or SealBuffers or ReleaseShare or LiftPause or EndDrill)
            command = command with { Raised = await RaiseAsync(tx, loaded.Program) };
        // Before a permit of a newer epoch can be counted in its population.
        if (command is ReleaseShare or LiftPause or EndDrill) await reports.WritePopulationAsync(tx, loaded.Program, loaded.Pause);
        return PauseRules.Decide(loaded.State, command, actor, tx.Now);
    }

    protected override Task<bool> SaveAsync(UnitOfWork tx, PauseRecord before, PauseState next, IReadOnlyList<DomainEvent> events,
        Actor actor) => PauseStore.UpdateAsync(tx, before.State, After(tx, before, next, events, actor));

    protected override JournalEntry Journal(PauseRecord before, PauseState next, DomainEvent happened) =>
        PauseHistory.Of(before.Program, next, happened);

    protected override async Task<Result<PauseRecord>> FollowAsync(UnitOfWork tx, PauseRecord before, PauseState next,
        IReadOnlyList<DomainEvent> events, Actor actor)
    {
        foreach (var happened in events) await FollowAsync(tx, before.Program, next, happened, actor);
        return before with { Pause = After(tx, before, next, events, actor) };
    }

    private async Task FollowAsync(UnitOfWork tx, ProgramFacts program, PauseState pause, DomainEvent happened, Actor actor)
    {
        switch (happened)
        {
            case PauseBecameActive e:
                tx.OnCommitted(() => clock.StartMeasuring(pause.Id));
                tx.Announce(new PauseBegan(pause.Id));
                if (!pause.IsDrill) await RevokeShareAsync(tx, program, pause, actor);
                await ProgramSwitch.RecordAsync(tx, program, e.Epoch, EpochCause.Pause, pause.Id);
                break;
            case BuffersSealed e:
                // Nothing else is allowed or forbidden: each collector is notified, and acknowledges with the content of its buffer.
                await ProgramSwitch.RecordAsync(tx, program, e.Epoch, EpochCause.SealBuffers, pause.Id);
                break;
            case ShareReleased e:
                await ProgramSwitch.RecordAsync(tx, program, e.Epoch, EpochCause.Lift, pause.Id);
                break;
            case ShareRevoked:
                await StageStore.StopAsync(tx, pause.Id);
                break;
            case PauseLifted e:
                await ProgramSwitch.RecordAsync(tx, program, e.Epoch, EpochCause.Lift, pause.Id);
                break;
            case DrillEnded e:
                tx.OnCommitted(() => clock.Forget(pause.Id));
                await ProgramSwitch.RecordAsync(tx, program, e.Epoch, EpochCause.DrillEnd, pause.Id);
                break;
        }
    }

    /// <summary>
    /// Stops the stages of every pause that the new one covers: the earlier pause applies to all its collectors again, and waits for a new
    /// decision, which the new pause has opened before.
    /// </summary>
    private async Task RevokeShareAsync(UnitOfWork tx, ProgramFacts program, PauseState by, Actor actor)
    {
        var covered = (await PauseStore.OpenOfProgramAsync(tx, program.Id))
            .Where(p => p.State.ReleasedShare > 0 && (by.Scope.IsWhole || by.Scope.Equals(p.State.Scope))).ToList();
        if (covered.Count == 0) return;
        var stages = await StageStore.OfPausesAsync(tx, covered.Select(p => p.Id));
        foreach (var released in covered)
        {
            var takeBack = new RevokeShare(stages[released.Id].First().DecisionId);
            if (await ApplyAsync(tx, new(released, program), takeBack, actor) is { IsOk: false, Refusal: var refused })
                throw new InvalidOperationException($"A released share was not revoked: {refused!.Message}");
        }
    }

    private async Task<RaisedSwitch> RaiseAsync(UnitOfWork tx, ProgramFacts program)
    {
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        return raised with { MaxPermitExp = Guarantee.LastEnd(raised.MaxPermitExp, tx.Now, program.Ttl, steps.Forward(program)) };
    }

    private async Task<PauseRecord?> FindAsync(ISql sql, Guid id)
    {
        if (await PauseStore.FindAsync(sql, id) is not { } pause) return null;
        return new(pause, await programs.FindAsync(sql, pause.ProgramId)
            ?? throw new InvalidOperationException("The pause's program does not exist."));
    }

    private static PauseFacts After(UnitOfWork tx, PauseRecord before, PauseState next, IReadOnlyList<DomainEvent> events, Actor actor) =>
        before.Pause with
        {
            State = next,
            // The program's settings when the pause became active.
            GracePeriod = next.Activated is null ? null : before.Pause.GracePeriod ?? before.Program.GracePeriod,
            LastChange = Change(tx, events, actor),
        };

    private static ChangeNote Change(UnitOfWork tx, IReadOnlyList<DomainEvent> events, Actor actor) =>
        ChangeNote.Of(tx.Now, actor.Name, PauseHistory.Summary(events));

    // A duration beyond the calendar is refused by the rule like any other that is too long.
    private static DateTimeOffset Later(DateTimeOffset now, TimeSpan by) => by > LongestAsked ? DateTimeOffset.MaxValue : now + by;
}
