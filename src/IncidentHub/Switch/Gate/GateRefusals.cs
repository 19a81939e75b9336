using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Gate;

/// <summary>
/// Audits refused batches. Under a flood, only the first, the tenth, the hundredth, … of each kind in an hour is recorded.
/// </summary>
internal static class GateRefusals
{
    public static async Task CountAsync(UnitOfWork tx, SubmittedBatch batch, GateReason reason)
    {
        var window = new DateTimeOffset(tx.Now.Year, tx.Now.Month, tx.Now.Day, tx.Now.Hour, 0, 0, TimeSpan.Zero);
        // Only a collector that is proven by a permit is counted separately: arbitrary names would be another way to flood the log.
        var collector = batch.Permits.Spans.Count > 0 ? batch.CollectorId : Guid.Empty;
        var at = new
        {
            KeyId = batch.Key.Id,
            ProgramId = batch.Program.Id,
            CollectorId = collector,
            Reason = reason.ToString(),
            WindowStart = window
        };
        if (await tx.ExecuteAsync("GateRefusal_Add", at) == 0) await tx.ExecuteAsync("GateRefusal_Insert", at);
        var refused = await tx.ScalarAsync<long>("GateRefusal_Count", at);
        if (!PowersOfTen.IsOne(refused)) return;
        Guid? proven = collector == Guid.Empty ? null : collector;
        await tx.RecordAsync(batch.Key.Actor, QuarantineHistory.Refused(batch, reason, refused, proven));
    }

    /// <summary>Deletes the counts of past hours: the audit log keeps them. Returns false where none is left.</summary>
    public static async Task<bool> ForgetAsync(Db db, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var old = await db.ReadAsync(sql => sql.QueryAsync<Key>("GateRefusal_Old", new { Before = before, Limit = limit }), ct);
        if (old.Count > 0) await db.WriteAsync<int>(async tx => await tx.ExecuteAsync("GateRefusal_Delete", old), ct: ct);
        return old.Count == limit;
    }

    private sealed record Key
    {
        public required Guid KeyId { get; init; }
        public required Guid ProgramId { get; init; }
        public required Guid CollectorId { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset WindowStart { get; init; }
    }
}
