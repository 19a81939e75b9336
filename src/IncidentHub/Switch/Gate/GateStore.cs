using IncidentHub.Domain.Gate;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Gate;

/// <summary>A batch with its result.</summary>
/// <param name="At">When it was admitted, or disposed of; otherwise when it was checked.</param>
internal sealed record GateEntry(
    Guid BatchId, Guid CollectorId, long FirstSequence, long LastSequence, string Digest, long Epoch, DateTimeOffset At, BatchClass? Class,
        GateReason Reason, IReadOnlyList<Guid> PauseIds, Disposition? Disposition)
{
    public static GateEntry Of(Guid id, SubmittedBatch b, GateVerdict verdict, long epoch, DateTimeOffset at) =>
        new(id, b.CollectorId, b.Body.FirstSequence!.Value, b.Body.LastSequence!.Value, b.Digest, epoch, at, verdict.Class, verdict.Reason,
            [.. verdict.Pauses.Select(p => p.Id)], null);

    public static GateEntry Refused(GateReason reason) => new(Guid.Empty, Guid.Empty, 0, 0, "", 0, default, BatchClass.D, reason, [], null);

    public static GateReason ReasonOf(BatchClass held) => held switch
    {
        BatchClass.A => GateReason.UploadedUnderPause,
        BatchClass.B => GateReason.CollectedAfterPause,
        BatchClass.C => GateReason.CollectedAfterStop,
        BatchClass.D => throw new InvalidOperationException("Nothing is stored of a refused batch."),
    };
}

/// <summary>Stores admitted and quarantined batches.</summary>
internal static class GateStore
{
    /// <summary>The earlier result of the same batch: same program, collector, sequence range and digest.</summary>
    public static async Task<GateEntry?> FindAsync(ISql sql, SubmittedBatch b)
    {
        var key = new { ProgramId = b.Program.Id, b.CollectorId, b.Body.FirstSequence, b.Body.LastSequence, b.Digest };
        if (await sql.FirstOrDefaultAsync<QuarantinedBatchRow>("QuarantinedBatch_Same", key) is { } held) return held.ToEntry();
        return await sql.FirstOrDefaultAsync<RangeRow>("GateRange_Same", key) is { } r
            ? new(r.BatchId, b.CollectorId, b.Body.FirstSequence!.Value, b.Body.LastSequence!.Value, b.Digest, r.Epoch, r.CheckedAt, null,
                GateReason.Allowed, [], null)
            : null;
    }

    /// <summary>
    /// Whether any number of its range was used by another batch. Ranges do not overlap, so comparing the last one that begins before its
    /// end is sufficient.
    /// </summary>
    public static async Task<bool> IsReusedAsync(ISql sql, SubmittedBatch b) =>
        await sql.FirstOrDefaultAsync<LastRow>("GateRange_Before", new { ProgramId = b.Program.Id, b.CollectorId, b.Body.LastSequence })
            is { } last && last.LastSequence >= b.Body.FirstSequence;

    public static Task AddRangeAsync(UnitOfWork tx, SubmittedBatch b, GateEntry e) => tx.ExecuteAsync("GateRange_Insert", new
    {
        ProgramId = b.Program.Id,
        e.CollectorId,
        e.FirstSequence,
        e.LastSequence,
        e.BatchId,
        e.Digest,
        e.Epoch,
        CheckedAt = tx.Now,
        IsQuarantined = e.Class is not null,
    });

    private sealed record RangeRow
    {
        public required Guid BatchId { get; init; }
        public required long Epoch { get; init; }
        public required DateTimeOffset CheckedAt { get; init; }
    }

    private sealed record LastRow
    {
        public required long LastSequence { get; init; }
    }

    private sealed record QuarantinedBatchRow
    {
        public required Guid Id { get; init; }
        public required Guid CollectorId { get; init; }
        public required Guid? PauseId { get; init; }
        public required string Class { get; init; }
        public required string Digest { get; init; }
        public required long FirstSequence { get; init; }
        public required long LastSequence { get; init; }
        public required long Epoch { get; init; }
        public required DateTimeOffset QuarantinedAt { get; init; }
        public required string? Disposition { get; init; }
        public required DateTimeOffset? DisposedAt { get; init; }

        public GateEntry ToEntry()
        {
            var held = Enum.Parse<BatchClass>(Class);
            return new(
                Id, CollectorId, FirstSequence, LastSequence, Digest, Epoch, DisposedAt ?? QuarantinedAt, held, GateEntry.ReasonOf(held),
                    PauseId is { } pause ? [pause] : [],
                Disposition is null ? null : Enum.Parse<Disposition>(Disposition));
        }
    }
}
