using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Pauses;

/// <summary>The population of each pause and the proofs of its collectors.</summary>
internal static class StopStore
{
    /// <summary>
    /// Writes the population: collectors whose permit could still be used, when the pause became active, for anything within its scope. One
    /// insert, or for a partial pause one per group of equal enrolments. Returns false where it was written before.
    /// </summary>
    /// <param name="setForward">By how much the hub's wall clock was set forward while permits were out: they all count as ending with the
    /// last one.</param>
    public static async Task<bool> WritePopulationAsync(UnitOfWork tx, PauseState pause, TimeSpan gracePeriod, TimeSpan setForward)
    {
        if (await tx.ExecuteAsync("Pause_FixPopulation", new { pause.Id, tx.Now }) == 0) return false;
        // Within G + 1 s of its end a permit can still cover an act.
        var reach = Guarantee.AfterPermit(gracePeriod);
        var args = new
        {
            PauseId = pause.Id,
            pause.ProgramId,
            pause.Epoch,
            pause.Activated!.At,
            After = pause.Activated.At - reach - setForward,
            NotBefore = setForward == TimeSpan.Zero ? DateTimeOffset.UnixEpoch : pause.GuaranteedAt!.Value - reach,
        };
        if (pause.Scope.IsWhole)
        {
            await tx.ExecuteAsync("PauseStop_FixAll", args);
            return true;
        }
        foreach (var group in await tx.QueryAsync<GroupRow>("PauseStop_Groups", new { args.ProgramId, args.Epoch, args.At, args.After }))
        {
            if (!Names.Split(group.PermitCategories).Any(c => pause.Scope.Covers(c, group.Region))) continue;
            await tx.ExecuteAsync("PauseStop_Fix", new
            {
                args.PauseId,
                args.ProgramId,
                args.Epoch,
                args.At,
                args.After,
                args.NotBefore,
                Region = group.Region ?? "",
                group.PermitCategories
            });
        }
        return true;
    }

    /// <summary>The active pauses of these programs whose population is still to be written.</summary>
    public static async Task<IReadOnlyList<Guid>> UncountedAsync(ISql sql, IEnumerable<Guid> programIds) =>
        await sql.QueryAsync<Guid>("Pause_Uncounted", new { Ids = IdList.Of(programIds) });

    /// <summary>
    /// Records expiry as proof for permits that ended, with G and 1 s, by <paramref name="upTo"/>. Returns the number of collectors.
    /// </summary>
    public static async Task<int> AssureAsync(UnitOfWork tx, PauseState pause, TimeSpan gracePeriod, DateTimeOffset upTo)
    {
        var assured = 0;
        foreach (
            var row in await tx.QueryAsync<ExpiryRow>("PauseStop_DueExpiries",
            new { PauseId = pause.Id, UpTo = upTo - Guarantee.AfterPermit(gracePeriod) }))
        {
            var after = Guarantee.StoppedBy(row.PermitExp, gracePeriod) - pause.Activated!.At;
            assured += await tx.ExecuteAsync("PauseStop_Assure",
                new { PauseId = pause.Id, row.PermitExp, tx.Now, AfterMs = Milliseconds(after) });
        }
        return assured;
    }

    /// <summary>
    /// Locks the pause, and the other pauses of its incident, until the commit: before the stops are read of which the report's completion
    /// is concluded. On SQLite there is one writer anyway.
    /// </summary>
    public static Task LockAsync(UnitOfWork tx, PauseState pause) => pause.Cause is { IncidentId: var incident }
        ? tx.QueryAsync<Guid>("Pause_LockOfIncident", new { IncidentId = incident }) : LockAsync(tx, pause.Id);

    /// <summary>The same of the pause alone: before a stop that counts as proven is taken back.</summary>
    public static Task LockAsync(UnitOfWork tx, Guid pauseId) => tx.FirstOrDefaultAsync<Guid>("Pause_Lock", new { Id = pauseId });

    public static async Task<bool> AnyOpenAsync(ISql sql, Guid pauseId) =>
        await sql.ScalarAsync<long>("PauseStop_AnyOpen", new { PauseId = pauseId }) == 1;

    public static async Task<IReadOnlyDictionary<Guid, StopCounts>> CountsAsync(ISql sql, IEnumerable<Guid> pauseIds) =>
        (await sql.QueryAsync<StopCounts>("PauseStop_Counts", new { Ids = IdList.Of(pauseIds) })).ToDictionary(c => c.PauseId);

    /// <summary>When the rows about single collectors of these pauses expired; pauses that still have rows are omitted.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> ExpiredAsync(ISql sql, IEnumerable<Guid> pauseIds) =>
        (await sql.QueryAsync<ExpiredRow>("PauseStopSummary_Expired", new { Ids = IdList.Of(pauseIds) }))
            .ToDictionary(r => r.Id, r => r.ExpiredAt);

    public static Task<IReadOnlyList<PendingCollectorRow>> ListPendingAsync(ISql sql, Guid pauseId, int limit) =>
        sql.QueryAsync<PendingCollectorRow>("PauseStop_Pending", new { PauseId = pauseId, Limit = limit });

    /// <summary>A page of those that are not proven stopped, earliest certain stop first.</summary>
    public static async Task<Page<PendingCollectorRow>> ListPendingPageAsync(
        ISql sql, Guid pauseId, (DateTimeOffset At, Guid Id)? after, int limit)
    {
        var rows = after is { } a
            ? await sql.QueryAsync<PendingCollectorRow>("PauseStop_Pending",
                new { PauseId = pauseId, AfterExp = a.At, AfterId = a.Id, Limit = limit + 1 }, "AfterExp")
            : await ListPendingAsync(sql, pauseId, limit + 1);
        return Page<PendingCollectorRow>.Of(rows, limit, "pending-collectors", r => [r.PermitExp, r.CollectorId]);
    }

    /// <summary>
    /// The separately listed collectors, and the curve: from the rows about collectors, or from the summary that was stored when they
    /// expired.
    /// </summary>
    /// <param name="bucketMs">Width of a step of the curve, while there are rows.</param>
    public static async Task<StopShape> ShapeAsync(ISql sql, Guid pauseId, int bucketMs)
    {
        if (await sql.FirstOrDefaultAsync<StopSummaryRow>("PauseStopSummary_Load", new { PauseId = pauseId }) is { } kept)
            return new((int)kept.Idle, (int)kept.Revoked, Points(
                JsonSerializer.Deserialize<List<long[]>>(kept.Curve)!.Select(p => (p[0], p[1])), (int)kept.BucketMs),
                kept.ExpiredAt, kept.ProofsSha256);
        var apart = await sql.FirstOrDefaultAsync<ApartRow>("PauseStop_Apart", new { PauseId = pauseId });
        var curve = await sql.QueryAsync<CurveRow>("PauseStop_Curve", new { PauseId = pauseId, BucketMs = bucketMs });
        return new((int)Math.Max(0, apart?.Idle ?? 0), (int)(apart?.Revoked ?? 0),
            Points(curve.Select(r => (r.Bucket, r.Stopped)), bucketMs), null, null);
    }

    private static IReadOnlyList<StopPoint> Points(IEnumerable<(long Bucket, long Stopped)> curve, int bucketMs) =>
        [.. curve.Select(r => new StopPoint(r.Bucket, TimeSpan.FromMilliseconds((r.Bucket + 1) * bucketMs), (int)r.Stopped))];

    /// <summary>For <c>StoppedAfterMs</c>: never before the pause.</summary>
    public static int Milliseconds(TimeSpan after) => (int)Math.Max(0, Math.Min(after.TotalMilliseconds, int.MaxValue));

    private sealed record GroupRow
    {
        public required string? Region { get; init; }
        public required string PermitCategories { get; init; }
    }

    private sealed record ExpiryRow
    {
        public required DateTimeOffset PermitExp { get; init; }
    }

    private sealed record CurveRow
    {
        public required long Bucket { get; init; }
        public required long Stopped { get; init; }
    }

    private sealed record ExpiredRow
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset ExpiredAt { get; init; }
    }

    private sealed record ApartRow
    {
        public required long Idle { get; init; }
        public required long Revoked { get; init; }
    }
}

/// <summary>The progress of the stop of a pause, in numbers.</summary>
internal sealed record StopCounts
{
    public required Guid PauseId { get; init; }
    public required long Population { get; init; }
    public required long Confirmed { get; init; }
    public required long Assured { get; init; }
    public required long Pending { get; init; }
    public required long Violating { get; init; }

    /// <summary>When the last proven one had stopped, in milliseconds after the pause.</summary>
    public required long? LastAfterMs { get; init; }

    /// <summary>When the last of them had stopped; null while one is not proven. Without a population: at the pause itself.</summary>
    public DateTimeOffset? FullStop(DateTimeOffset activatedAt) =>
        Pending + Violating == 0 ? activatedAt + TimeSpan.FromMilliseconds(LastAfterMs ?? 0) : null;

    public static StopCounts None(Guid pauseId) =>
        new() { PauseId = pauseId, Population = 0, Confirmed = 0, Assured = 0, Pending = 0, Violating = 0, LastAfterMs = null };
}

/// <summary>How many further collectors had stopped by then.</summary>
internal sealed record StopPoint(long Bucket, TimeSpan After, int Stopped);

/// <summary>The further numbers of a stop report.</summary>
/// <param name="Idle">Enrolled at that time, without a permit.</param>
/// <param name="Revoked">Revoked before the pause.</param>
/// <param name="ExpiredAt">When the rows about single collectors expired; null while they exist.</param>
/// <param name="ProofsSha256">Over the proofs in the expired rows; see <see cref="StopRowsExpiry"/>.</param>
internal sealed record StopShape(int Idle, int Revoked, IReadOnlyList<StopPoint> Curve, DateTimeOffset? ExpiredAt, string? ProofsSha256);

internal sealed record StopSummaryRow
{
    public required long Idle { get; init; }
    public required long Revoked { get; init; }
    public required long BucketMs { get; init; }
    public required string Curve { get; init; }
    public required string ProofsSha256 { get; init; }
    public required DateTimeOffset ExpiredAt { get; init; }
}

/// <summary>A collector whose stop is not proven yet.</summary>
internal sealed record PendingCollectorRow
{
    public required Guid CollectorId { get; init; }
    public required string InstanceName { get; init; }
    public required DateTimeOffset? HeardAt { get; init; }
    public required DateTimeOffset PermitExp { get; init; }
    public required DateTimeOffset? ViolatedAt { get; init; }

    public PendingCollector ToView(PauseFacts pause) =>
        new(InstanceName, HeardAt, Guarantee.StoppedBy(PermitExp, pause.GracePeriod!.Value), ViolatedAt is not null);
}
