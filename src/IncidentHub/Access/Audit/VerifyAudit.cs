using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Access.Audit;

/// <summary>The result of a verification as shown to auditors.</summary>
/// <param name="Head">What the log was verified against; rows that were added meanwhile are not in it.</param>
/// <param name="Checkpoints">How many there are.</param>
/// <param name="CoveredTo">The last row that a checkpoint with a trusted signature covers, with all before it.</param>
/// <param name="UncoveredSince">When the first row was written that no such checkpoint covers; null where all are covered.</param>
/// <param name="WithdrawnCheckpoints">Checkpoints of keys that were withdrawn: they prove nothing.</param>
internal sealed record AuditVerdict(bool Ok, long Rows, long Redacted, long? FaultAtRow, string? Fault, AuditHead? Head, long Checkpoints,
    long CoveredTo, DateTimeOffset? UncoveredSince, long WithdrawnCheckpoints);

/// <summary>A checkpoint as shown to auditors.</summary>
/// <param name="Jws">What is kept, to compare with later.</param>
internal sealed record CheckpointView(long Number, long Sequence, string Hash, DateTimeOffset At, string KeyId, string Jws);

/// <summary>Verifies the whole chain. Reads every row: seconds for a million.</summary>
internal sealed class VerifyAuditHandler(Db db, MasterKey master)
{
    public async Task<Result<AuditVerdict>> HandleAsync(Actor actor, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.ReadAudit) is { } denied) return denied;
        return await db.ReadAsync<AuditVerdict>(async sql =>
        {
            using var keys = await AuditKeyReader.LoadAsync(sql, master);
            var r = await AuditReader.VerifyAsync(sql, keys);
            return new(r.IsOk, r.Rows, r.Redacted, r.Fault?.Row, r.Fault?.Message, r.Head, r.Checkpoints, r.CoveredTo, r.UncoveredSince,
                r.WithdrawnCheckpoints);
        }, ct);
    }

    /// <summary>The checkpoints, newest first.</summary>
    public async Task<Result<Page<CheckpointView>>> CheckpointsAsync(string? cursor, int? limit, Actor actor, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.ReadAudit) is { } denied) return denied;
        var size = Cursor.Limit(limit);
        if (size.Refusal is { } wrong) return wrong;
        var before = Cursor.DecodeNumber("audit-checkpoints", cursor);
        if (before.Refusal is { } bad) return bad;
        var rows = await db.ReadAsync(
            sql => sql.QueryAsync<CheckpointRow>("AuditCheckpoint_List", new { Before = before.Value ?? 0, Limit = size.Value + 1 },
                before.Value is null ? [] : ["Before"]), ct);
        return Page<CheckpointRow>.Of(rows, size.Value, "audit-checkpoints", r => [r.Number]).Map(r => r.Checkpoint is { } c
            ? new CheckpointView(c.Number, c.Sequence, c.Hash, c.At, c.KeyId, c.Jws)
            : new CheckpointView(r.Number, r.Sequence, r.Hash, default, r.KeyId, ""));
    }
}
