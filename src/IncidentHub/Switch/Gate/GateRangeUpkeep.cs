using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.Gate;

internal sealed class GateOptions
{
    /// <summary>For how many days a repeated request for an admitted batch gets the same result.</summary>
    public int GateRowsDays { get; set; } = 7;
}

/// <summary>
/// Merges the rows of batches that were admitted long ago: that their numbers were used is kept, the individual results are not. In small
/// transactions, so that other writers do not wait. Quarantined batches keep their rows. Processes whole days, so that each collector is
/// processed once a day instead of after each batch.
/// </summary>
/// <remarks>
/// No lock is needed where two nodes do it concurrently: a row only grows over numbers that were used, and the deleted rows lie wholly
/// inside a row that the same transaction has written.
/// </remarks>
internal sealed class GateRangeUpkeep(Db db, IPurgeGuard guard, TimeProvider time, IOptions<GateOptions> options) : DurableJob
{
    // About 5 ms of the writer's time.
    internal const int BatchSize = 100;

    private static readonly TimeSpan RefusalsStay = TimeSpan.FromDays(1);

    public override async Task RunAsync(CancellationToken ct)
    {
        while (await GateRefusals.ForgetAsync(db, time.GetUtcNow() - RefusalsStay, BatchSize, ct)) ct.ThrowIfCancellationRequested();
        var before = new DateTimeOffset((time.GetUtcNow() - TimeSpan.FromDays(options.Value.GateRowsDays)).UtcDateTime.Date, TimeSpan.Zero);
        foreach (var program in await db.ReadAsync(sql => sql.QueryAsync<ProgramRow>("GateRange_DuePrograms", new { Before = before }), ct))
        {
            while ((await db.WriteAsync<bool>(tx => MergeAsync(tx, program.Id, before), ct: ct)) is { IsOk: true, Value: true })
                ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>One transaction. False: nothing is left to merge.</summary>
    private async Task<Result<bool>> MergeAsync(UnitOfWork tx, Guid programId, DateTimeOffset before)
    {
        // The admission time of each batch is evidence, too.
        if (await guard.FindHoldAsync(tx, Actor.System, programId) is not null) return false;
        if (await tx.FirstOrDefaultAsync<DueRow>("GateRange_Due", new { ProgramId = programId, Before = before, Limit = 1 }) is not { } due)
            return false;
        var from = new { ProgramId = programId, due.CollectorId, due.FirstSequence };
        var behind = await tx.QueryAsync<Row>("GateRange_Behind", new { from.ProgramId, from.CollectorId, from.FirstSequence, Limit = 1 });
        var ahead = await tx.QueryAsync<Row>(
            "GateRange_From", new { from.ProgramId, from.CollectorId, from.FirstSequence, Limit = BatchSize });
        foreach (var range in UsedRanges.Merge([.. behind.Concat(ahead).Select(r => r.ToRange(before))]))
        {
            var into = new { from.ProgramId, from.CollectorId, range.First, range.Last };
            if (await tx.ExecuteAsync("GateRange_Merge", into) == 0) return Refusal.Stale("Another node merges these rows.");
            if (range.Of > 1) await tx.ExecuteAsync("GateRange_Merged", into);
        }
        return true;
    }

    private sealed record ProgramRow
    {
        public required Guid Id { get; init; }
    }

    private sealed record DueRow
    {
        public required Guid CollectorId { get; init; }
        public required long FirstSequence { get; init; }
    }

    private sealed record Row
    {
        public required long FirstSequence { get; init; }
        public required long LastSequence { get; init; }
        public required DateTimeOffset CheckedAt { get; init; }
        public required bool IsQuarantined { get; init; }
        public required bool IsMerged { get; init; }

        public UsedRange ToRange(DateTimeOffset before) =>
            new(FirstSequence, LastSequence, IsQuarantined || (!IsMerged && CheckedAt >= before), IsMerged);
    }
}
