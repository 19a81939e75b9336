using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>One stage of a resume for one pause. The last one has the share 100: it lifts the pause.</summary>
internal sealed record PauseStage
{
    public required Guid PauseId { get; init; }
    public required Guid DecisionId { get; init; }
    public required int Ordinal { get; init; }
    public required string DecisionLabel { get; init; }

    /// <summary>Percent of the collectors that may collect from this stage on.</summary>
    public required int Share { get; init; }

    /// <summary>The soak time before the next stage; 0 for the last.</summary>
    public required int SoakSeconds { get; init; }

    /// <summary>Null until the previous stage has begun.</summary>
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the resume was stopped; its stages are history then.</summary>
    public required DateTimeOffset? StoppedAt { get; init; }
}

/// <summary>Reads and writes the stages of resumes.</summary>
internal static class StageStore
{
    public static Task AddAsync(UnitOfWork tx, IReadOnlyList<PauseStage> stages) => tx.ExecuteAsync("PauseStage_Insert", stages);

    public static Task<IReadOnlyList<PauseStage>> DueAsync(ISql sql, DateTimeOffset now) =>
        sql.QueryAsync<PauseStage>("PauseStage_Due", new { Now = now });

    /// <summary>The valid stages of each pause, in order.</summary>
    public static async Task<ILookup<Guid, PauseStage>> OfPausesAsync(ISql sql, IEnumerable<Guid> pauseIds) =>
        (await sql.QueryAsync<PauseStage>("PauseStage_OfPauses", new { Ids = IdList.Of(pauseIds) })).ToLookup(s => s.PauseId);

    /// <summary>
    /// Begins the stage, and the next one becomes due after its soak time. False where it has already begun or was stopped.
    /// </summary>
    public static async Task<bool> StartAsync(UnitOfWork tx, PauseStage stage)
    {
        if (await tx.ExecuteAsync("PauseStage_Start", new { stage.PauseId, stage.DecisionId, stage.Ordinal, tx.Now }) == 0) return false;
        await tx.ExecuteAsync(
            "PauseStage_SetDue", new
            {
                stage.PauseId,
                stage.DecisionId,
                Ordinal = stage.Ordinal + 1,
                DueAt = tx.Now.AddSeconds(stage.SoakSeconds)
            });
        return true;
    }

    /// <summary>Invalidates all stages of the pause.</summary>
    public static Task StopAsync(UnitOfWork tx, Guid pauseId) => tx.ExecuteAsync("PauseStage_Stop", new { PauseId = pauseId, tx.Now });
}
