using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.Pauses;

internal sealed class StopRowsOptions
{
    /// <summary>For how many days after the end of a pause the rows about single collectors are kept.</summary>
    public int StopRowsDays { get; set; } = 90;
}

/// <summary>
/// Expires the rows of stop reports, because they identify people at work. Counts, curve and a digest over the proofs are stored first.
/// Runs in small transactions, so that other writers do not wait.
/// </summary>
internal sealed class StopRowsExpiry(Db db, PauseReader pauses, IPurgeGuard guard, TimeProvider time, IOptions<StopRowsOptions> options)
    : DurableJob
{
    private const int BatchSize = 500;

    public override async Task RunAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(options.Value.StopRowsDays);
        foreach (var row in await db.ReadAsync(sql => sql.QueryAsync<ExpiredRow>("PauseStop_Expired", new { EndedBefore = before }), ct))
        {
            if (!(await db.WriteAsync<bool>(tx => KeepAsync(tx, row), ct: ct)).Value) continue;
            while ((await db.WriteAsync<bool>(tx => DeleteAsync(tx, row), ct: ct)).Value) ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Stores what is kept. False: nothing may be deleted.</summary>
    private async Task<Result<bool>> KeepAsync(UnitOfWork tx, ExpiredRow row)
    {
        var pauseId = row.Id;
        if (await guard.FindHoldAsync(tx, Actor.System, row.ProgramId) is not null) return false;
        if (await tx.FirstOrDefaultAsync<StopSummaryRow>("PauseStopSummary_Load", new { PauseId = pauseId }) is not null) return true;
        var pause = await pauses.FindAsync(tx, pauseId) ?? throw new InvalidOperationException("A stop report's pause does not exist.");
        var counts = (await StopStore.CountsAsync(tx, [pauseId]))[pauseId];
        var width = PauseQueries.BucketMs(pause);
        var shape = await StopStore.ShapeAsync(tx, pauseId, width);
        var digest = Digest(await tx.QueryAsync<ProofRow>("PauseStop_Digests", new { PauseId = pauseId }));
        await tx.ExecuteAsync("PauseStopSummary_Insert", new
        {
            PauseId = pauseId,
            counts.Population,
            counts.Confirmed,
            counts.Assured,
            counts.Pending,
            counts.Violating,
            shape.Idle,
            shape.Revoked,
            counts.LastAfterMs,
            BucketMs = width,
            Curve = JsonSerializer.Serialize(shape.Curve.Select(p => new[] { p.Bucket, p.Stopped })),
            ProofsSha256 = digest,
            ExpiredAt = tx.Now,
        });
        await tx.RecordAsync(Actor.System, StopHistory.RowsExpired(pauseId, counts, digest));
        // In the same transaction: where a hold is placed after it, the report already states that rows have expired, and some have.
        await DeleteAsync(tx, row);
        return true;
    }

    private async Task<Result<bool>> DeleteAsync(UnitOfWork tx, ExpiredRow row)
    {
        var pauseId = row.Id;
        // Checked in each transaction: a hold may be placed between two of them.
        if (await guard.FindHoldAsync(tx, Actor.System, row.ProgramId) is not null) return false;
        if ((await tx.QueryAsync<IdRow>("PauseStop_NextIds", new { PauseId = pauseId, Limit = BatchSize })).LastOrDefault() is not { } last)
            return false;
        var until = new { PauseId = pauseId, Until = last.Id };
        await StopAcks.ExpireAsync(tx, pauseId, last.Id);
        await tx.ExecuteAsync("PauseStop_Delete", until);
        return true;
    }

    /// <summary>
    /// SHA-256 over a line for each collector, in the order of its permit: permit, acknowledgement's digest, milliseconds to the proven
    /// stop. An earlier export can be compared with it.
    /// </summary>
    private static string Digest(IEnumerable<ProofRow> proofs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var p in proofs)
            hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{p.PermitJti} {p.AckDigest ?? "-"} {p.StoppedAfterMs?.ToString(CultureInfo.InvariantCulture) ?? "-"}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record ExpiredRow
    {
        public required Guid Id { get; init; }
        public required Guid ProgramId { get; init; }
    }

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }

    private sealed record ProofRow
    {
        public required string PermitJti { get; init; }
        public required string? AckDigest { get; init; }
        public required int? StoppedAfterMs { get; init; }
    }
}
