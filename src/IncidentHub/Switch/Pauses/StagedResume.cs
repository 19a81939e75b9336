using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Releases pauses in stages, as planned by a final decision, and revokes the release on new evidence.</summary>
internal sealed class StagedResume(ProgramReader programs, PauseCommands pauses)
{
    private const int All = 100;

    /// <summary>Plans the stages of each pause that the decision covers, and begins the first.</summary>
    public async Task BeginAsync(UnitOfWork tx, IReadOnlyCollection<Guid> pauseIds, IReadOnlyList<ResumeStage> stages, Guid decisionId,
        string decisionLabel, Actor actor)
    {
        foreach (var id in pauseIds)
        {
            if ((await PauseStore.FindAsync(tx, id) ?? throw new InvalidOperationException(
                "The decision covers a pause that does not exist.")).Status == PauseStatus.Lifted) continue;
            var rows = stages.Append(new ResumeStage(All, TimeSpan.Zero)).Select((s, i) => new PauseStage
            {
                PauseId = id,
                DecisionId = decisionId,
                DecisionLabel = decisionLabel,
                Ordinal = i,
                Share = s.Share,
                SoakSeconds = (int)s.Soak.TotalSeconds,
                DueAt = i == 0 ? tx.Now : null,
                StartedAt = null,
                StoppedAt = null,
            }).ToList();
            await StageStore.AddAsync(tx, rows);
            await EnterAsync(tx, rows[0], rows.Count, actor);
        }
    }

    /// <summary>Begins a stage that is due: a further share, or all collectors.</summary>
    public async Task<bool> AdvanceAsync(UnitOfWork tx, PauseStage due)
    {
        var program = (await programs.FindAsync(tx, (await PauseStore.FindAsync(tx, due.PauseId))!.ProgramId))!;
        if (program.Lifecycle != ProgramLifecycle.Live)
        {
            await StageStore.StopAsync(tx, due.PauseId);
            return true;
        }
        // A pause is proposed: no further share is released before the proposal is answered.
        if ((await PauseStore.OpenOfProgramAsync(tx, program.Id)).Any(p => p.Status == PauseStatus.Proposed)) return false;
        var stages = (await StageStore.OfPausesAsync(tx, [due.PauseId]))[due.PauseId].ToList();
        // It was stopped, or begun by another process, after it was found due.
        return stages.Find(s => s.DecisionId == due.DecisionId && s.Ordinal == due.Ordinal) is { StartedAt: null } stage
            && await EnterAsync(tx, stage, stages.Count, Actor.System);
    }

    /// <summary>New evidence: what was released of these programs is paused again at once, with a stop report of its own.</summary>
    /// <param name="cause">The incident that it belongs to.</param>
    /// <param name="reason">Must not name an incident: every reader of the program can read it.</param>
    public async Task RecallAsync(UnitOfWork tx, IEnumerable<Guid> programIds, PauseCause cause, string reason, Actor actor)
    {
        foreach (var programId in programIds)
        {
            var program = (await programs.FindAsync(tx, programId))!;
            // Each recall stops the stages of what it covers, so that the next iteration finds fewer.
            while ((await PauseStore.OpenOfProgramAsync(tx, programId)).FirstOrDefault(p => p.State.ReleasedShare > 0) is { } released)
            {
                var order = new PauseOrder(OrderedId.Next(tx.Now), programId, released.State.Scope, PauseOrigin.Policy, reason, cause);
                _ = (await pauses.PlaceAsync(tx, program, new PlacePause(order), actor)).Value;
            }
        }
    }

    private async Task<bool> EnterAsync(UnitOfWork tx, PauseStage stage, int of, Actor actor)
    {
        if (!await StageStore.StartAsync(tx, stage)) return false;
        var decision = new FinalDecision(stage.DecisionId, stage.DecisionLabel);
        PauseCommand command = stage.Share == All
            ? new LiftPause(decision)
            : new ReleaseShare(decision, stage.Share, stage.Ordinal + 1, of, TimeSpan.FromSeconds(stage.SoakSeconds));
        // Required by a final decision, or a consequence of it: a refusal here is a bug, and rolls the act back.
        _ = (await pauses.ApplyAsync(tx, await pauses.GetAsync(tx, stage.PauseId), command, actor)).Value;
        return true;
    }
}
