using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Saves what the rules decided, with what follows from it in the same transaction: epoch, events to upper layers, timelines, audit,
/// announcements. Whom a new pause stops is written by a transaction of its own (<see cref="StopPopulation"/>, decision 75).
/// The switch is raised before a pause is written: two that took the rows in different orders would wait for each other.
/// </summary>
internal sealed class PauseConsequences(StopClock clock, ClockSteps steps)
{
    /// <summary>Raises the switch for a pause that comes in force.</summary>
    public async Task<RaisedSwitch> RaiseAsync(UnitOfWork tx, ProgramFacts program)
    {
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        return raised with { MaxPermitExp = Guarantee.LastEnd(raised.MaxPermitExp, tx.Now, program.Ttl, SetForward(program)) };
    }

    public async Task ProposeAsync(UnitOfWork tx, ProgramFacts program, PauseState pause, Actor actor)
    {
        await PauseStore.AddAsync(tx, pause, null);
        await TellAsync(tx, program, pause, actor, "pause-proposed", $"Pause of {program.Code} proposed", pause.Reason,
            new { pause.Id, pause.Deadline });
    }

    /// <summary>A new pause that is in force at once. The switch was raised before, in this transaction.</summary>
    public async Task BeginAsync(UnitOfWork tx, ProgramFacts program, PauseState pause, Actor actor)
    {
        await PauseStore.AddAsync(tx, pause, program.G);
        await InForceAsync(tx, program, pause, actor);
    }

    /// <summary>A proposed pause that comes in force.</summary>
    public async Task TakeForceAsync(UnitOfWork tx, ProgramFacts program, PauseFacts was, PauseState pause, Actor actor)
    {
        await PauseStore.SaveAsync(tx, was, pause, program.G);
        await InForceAsync(tx, program, pause, actor);
    }

    public async Task DeclineAsync(UnitOfWork tx, ProgramFacts program, PauseFacts was, PauseState pause, Actor actor)
    {
        await PauseStore.SaveAsync(tx, was, pause, null);
        var withdrawn = actor.Kind == ActorKind.System;
        await TellAsync(tx, program, pause, actor, "pause-declined",
            withdrawn ? $"Proposed pause of {program.Code} withdrawn" : $"Proposed pause of {program.Code} declined",
            pause.DeclineReason, new { pause.Id });
    }

    public async Task ReassertAsync(UnitOfWork tx, ProgramFacts program, PauseFacts was, PauseState pause, Actor actor)
    {
        await PauseStore.SaveAsync(tx, was, pause, was.Grace);
        await TellAsync(tx, program, pause, actor, "pause-kept", $"Pause of {program.Code} kept for cycle {pause.Cause!.Cycle}",
            null, new { pause.Id });
    }

    /// <summary>
    /// Collectors are told to seal their buffers. The epoch is raised, so that each of them hears it, and acknowledges what it then has.
    /// </summary>
    public async Task SealAsync(UnitOfWork tx, ProgramFacts program, PauseFacts was, PauseState pause, Actor actor)
    {
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        await PauseStore.SaveAsync(tx, was, pause, was.Grace);
        await ProgramSwitch.RecordAsync(tx, program, raised.Epoch, EpochCause.Reassert, pause.Id);
        await TellAsync(tx, program, pause, actor, "buffers-sealed", $"{program.Code}: collectors instructed to seal their buffers", null,
            new { pause.Id, raised.Epoch });
    }

    /// <summary>A stage of a resume: a further share of the collectors may collect again.</summary>
    public async Task ReleaseAsync(UnitOfWork tx, ProgramFacts program, PauseFacts was, PauseState pause, PauseStage stage,
        int of, Actor actor)
    {
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        await CountAsync(tx, program, was);
        await PauseStore.SaveAsync(tx, was, pause, was.Grace);
        await ProgramSwitch.RecordAsync(tx, program, raised.Epoch, EpochCause.Lift, pause.Id);
        var title =
            $"{program.Code} resumes, stage {stage.Ordinal + 1} of {of}: {stage.Share} % of the collectors, by {stage.DecisionLabel}";
        await TellAsync(tx, program, pause, actor, "stage", title, null,
            new { pause.Id, raised.Epoch, stage.DecisionId, stage.Share, stage.SoakSeconds });
    }

    /// <summary>Lifted by a decision, or a drill that ended.</summary>
    public async Task EndAsync(UnitOfWork tx, ProgramFacts program, PauseFacts was, PauseState pause, EpochCause cause, Actor actor)
    {
        var raised = await ProgramSwitch.RaiseAsync(tx, program);
        await CountAsync(tx, program, was);
        await PauseStore.SaveAsync(tx, was, pause, was.Grace);
        await ProgramSwitch.RecordAsync(tx, program, raised.Epoch, cause, pause.Id);
        var title = pause.IsDrill
            ? $"Drill of {program.Code} ended as planned" : $"Pause of {program.Code} lifted: {pause.Decision!.Label}";
        await TellAsync(tx, program, pause, actor, pause.IsDrill ? "drill-ended" : "pause-lifted", title, null,
            new { pause.Id, raised.Epoch, DecisionId = pause.Decision?.Id });
    }

    /// <summary>
    /// Writes down whom a pause stops, where that was not done yet. It has a transaction of its own, so that however many they are, the
    /// pause is in force and told of before it: no permit of an older epoch can be added any more. Whatever changes what it is read from,
    /// or counts it, does this first.
    /// </summary>
    public async Task CountAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause)
    {
        if (!pause.IsUncounted || !await StopStore.FixPopulationAsync(tx, pause.State, pause.Grace!.Value, SetForward(program))) return;
        await SettleAsync(tx, program, pause.State);
        tx.Touch($"program:{program.Id}", "programs");
        if (pause.IncidentId is { } incident) tx.Touch($"incident:{incident}");
    }

    /// <summary>The same for all standing pauses of a program.</summary>
    public async Task CountAllAsync(UnitOfWork tx, ProgramFacts program)
    {
        foreach (var id in await StopStore.UncountedAsync(tx, [program.Id]))
            await CountAsync(tx, program, (await PauseStore.FindAsync(tx, id))!);
    }

    /// <summary>Says once that the collecting has stopped, as soon as every collector of the population is proven.</summary>
    public async Task<bool> SettleAsync(UnitOfWork tx, ProgramFacts program, PauseState pause)
    {
        if (await StopStore.AnyOpenAsync(tx, pause.Id)) return false;
        var counts = (await StopStore.CountsAsync(tx, [pause.Id])).GetValueOrDefault(pause.Id) ?? StopCounts.None(pause.Id);
        var at = pause.InForce!.At + TimeSpan.FromMilliseconds(counts.LastAfterMs ?? 0);
        if (await tx.ExecuteAsync("Pause_FullyStopped", new { pause.Id, At = at }) == 0) return false;
        clock.Forget(pause.Id);
        if (!pause.IsDrill && pause.Cause is { } cause) await TellIncidentAsync(tx, cause.IncidentId);
        var body = counts.Population == 0
            ? "No collector held a permit."
            : $"{counts.Population:N0} {(counts.Population == 1 ? "collector" : "collectors")}: {counts.Confirmed:N0} confirmed, "
                + $"{counts.Assured:N0} stopped by permit expiry.";
        // Never told before the pause itself.
        await TellAsync(tx, program, pause, Actor.System, "stopped", $"{program.Code}: collection stopped, proven", body,
            new { pause.Id, counts.Confirmed, counts.Assured }, at > pause.InForce.At ? at : tx.Now);
        return true;
    }

    private async Task InForceAsync(UnitOfWork tx, ProgramFacts program, PauseState pause, Actor actor)
    {
        clock.Saw(pause.Id);
        tx.Announce(new PauseBegan(pause.Id));
        var takenBack = pause.IsDrill ? [] : await TakeBackAsync(tx, program, pause, actor);
        await ProgramSwitch.RecordAsync(tx, program, pause.Epoch!.Value, EpochCause.Pause, pause.Id);
        var what = pause.IsDrill ? "Drill: " : "";
        await TellAsync(tx, program, pause, actor, pause.IsDrill ? "drill" : "pause",
            $"{what}{program.Code} paused: {PauseWords.Scope(pause.Scope)}", pause.Reason,
            new { pause.Id, pause.Epoch, pause.GuaranteedAt, pause.Buffers });
        if (pause.IsDrill) return;
        await tx.RaiseAsync(new PauseActivated(pause.Id, program.Id, program.Code, pause.Cause?.IncidentId, pause.Cause?.Sev,
            pause.InForce!.At), actor);
        foreach (var (released, decisionId) in takenBack) await tx.RaiseAsync(new StagedResumeStopped(released.Id, decisionId), actor);
    }

    /// <summary>
    /// Stops the stages of every pause that the new one covers: it holds all its collectors again, and waits for a new decision. Answers
    /// them with the decision that had released them.
    /// </summary>
    private static async Task<IReadOnlyList<(PauseState Pause, Guid DecisionId)>> TakeBackAsync(
        UnitOfWork tx, ProgramFacts program, PauseState by, Actor actor)
    {
        var covered = (await PauseStore.OpenOfProgramAsync(tx, program.Id))
            .Where(p => p.State.ReleasedShare > 0 && (by.Scope.IsWhole || by.Scope.Equals(p.State.Scope))).ToList();
        var stages = await StageStore.OfPausesAsync(tx, covered.Select(p => p.Id));
        var taken = new List<(PauseState, Guid)>();
        foreach (var was in covered)
        {
            if (PauseRules.Decide(was.State, new TakeBackShare(), actor, tx.Now) is not { IsOk: true, Value.Next: var next })
                throw new InvalidOperationException("A released share was not taken back.");
            await PauseStore.SaveAsync(tx, was, next, was.Grace);
            await StageStore.StopAsync(tx, was.Id);
            await TellAsync(tx, program, next, actor, "stage-stopped",
                $"{program.Code}: staged resume stopped at {was.State.ReleasedShare} %", null, new { was.Id, was.State.ReleasedShare });
            taken.Add((next, stages[was.Id].First().DecisionId));
        }
        return taken;
    }

    private TimeSpan SetForward(ProgramFacts program) => steps.Forward(Guarantee.Bound(program.Ttl, program.G));

    // An incident's collecting has stopped when that of its last pause has.
    private static async Task TellIncidentAsync(UnitOfWork tx, Guid incidentId)
    {
        var standing = (await PauseStore.OfIncidentAsync(tx, incidentId)).Where(p => p.Status == PauseStatus.InForce && !p.IsDrill)
            .ToList();
        if (standing.TrueForAll(p => p.FullyStoppedAt is not null))
            await tx.RaiseAsync(new CollectionStopped(incidentId, standing.Max(p => p.FullyStoppedAt)!.Value), Actor.System);
    }

    // The program's own timeline is read by everybody: it does not say why, nor for which incident.
    private static async Task TellAsync(UnitOfWork tx, ProgramFacts program, PauseState pause, Actor actor, string kind, string title,
        string? body, object data, DateTimeOffset? at = null)
    {
        if (pause.Cause is { } cause)
        {
            await TimelineWriter.AppendAsync(
                tx, actor, new TimelineAppend
                {
                    IncidentId = cause.IncidentId,
                    Kind = kind,
                    HappenedAt = at ?? tx.Now,
                    Title = title,
                    Body = body,
                    Data = data
                });
            tx.Touch("incidents");
        }
        var shown = pause.Cause is null || kind == "stopped" ? body : null;
        await TimelineWriter.AppendAsync(tx, actor, new TimelineAppend
        {
            ProgramId = program.Id,
            Kind = kind,
            HappenedAt = at ?? tx.Now,
            Title = title,
            Body = shown,
            Data = data
        });
        await AuditWriter.AppendAsync(tx, actor, "pause." + kind, $"program {program.Code}",
            new { PauseId = pause.Id, title, pause.Reason, pause.Epoch, Details = data });
        tx.Touch($"program:{program.Id}", "programs");
    }
}
