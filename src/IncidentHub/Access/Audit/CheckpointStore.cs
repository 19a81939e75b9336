using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Audit;

/// <summary>The table of checkpoints; rows are only added.</summary>
internal static class CheckpointStore
{
    /// <summary>All of them, in order; some ten thousand a year at most.</summary>
    public static Task<IReadOnlyList<CheckpointRow>> AllAsync(ISql sql) => AfterAsync(sql, 0);

    public static async Task<IReadOnlyList<CheckpointRow>> AfterAsync(ISql sql, long number) =>
        await sql.QueryAsync<CheckpointRow>("AuditCheckpoint_After", new { After = number });

    public static Task<CheckpointRow?> LastAsync(ISql sql) => sql.FirstOrDefaultAsync<CheckpointRow>("AuditCheckpoint_Last");

    /// <summary>False where another process has added one in the meantime.</summary>
    public static async Task<bool> AddAsync(UnitOfWork tx, AuditCheckpoint checkpoint)
    {
        if (!await AuditWriter.CountCheckpointAsync(tx, checkpoint.Number)) return false;
        await tx.ExecuteAsync("AuditCheckpoint_Insert", checkpoint);
        return true;
    }
}

/// <summary>A checkpoint as stored. The time keeps the raw value of the engine: it may have been changed to an invalid one.</summary>
internal sealed record CheckpointRow
{
    public required long Number { get; init; }
    public required long Sequence { get; init; }
    public required string Hash { get; init; }
    public required object At { get; init; }
    public required string PreviousDigest { get; init; }
    public required string KeyId { get; init; }
    public required string Signature { get; init; }

    /// <summary>Null where the time cannot be read.</summary>
    public AuditCheckpoint? Checkpoint => AuditRow.TryTime(At, out var at)
        ? new(Number, Sequence, Hash, at, PreviousDigest, KeyId, Signature) : null;
}
