using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Audit;

/// <summary>
/// Removes the payloads of rows that are older than <see cref="AuditOptions.RetainDays"/> and that a checkpoint covers. Act, actor, time
/// and hash stay, so that the chain verifies from its first row. What is about an incident under a legal hold is kept; while there is a
/// hold, so is what is about no incident, because a hold covers programs, too.
/// </summary>
internal sealed class AuditRetention(Db db, SigningKeys keys, IAuditHolds holds, RemovedText removed, TimeProvider time,
    IOptions<AuditOptions> options) : DurableJob
{
    private const int BatchSize = 200;

    public override async Task RunAsync(CancellationToken ct)
    {
        if (options.Value.RetainDays is not { } days) return;
        var before = time.GetUtcNow() - TimeSpan.FromDays(days);
        for (long? after = 0; after is not null;)
        {
            ct.ThrowIfCancellationRequested();
            var from = after.Value;
            after = (await db.WriteAsync<Next>(async tx => new Next(await ExpireAsync(tx, before, from)), ct: ct)).Value.After;
        }
        await removed.OverwriteAsync(ct);
    }

    // Null: nothing is left to look at.
    private async Task<long?> ExpireAsync(UnitOfWork tx, DateTimeOffset before, long after)
    {
        if (await CheckpointStore.LastAsync(tx) is not { } covered) return null;
        var rows = await tx.QueryAsync<OldRow>("Audit_Expired",
            new { After = after, To = covered.Sequence, Before = before, Limit = BatchSize });
        if (rows.Count == 0) return null;
        var held = await holds.HeldIncidentsAsync(tx);
        var expired = rows.Where(r => !IsHeld(r, held)).ToList();
        if (expired.Count > 0) await RemoveAsync(tx, expired);
        return rows[^1].Sequence;
    }

    private async Task RemoveAsync(UnitOfWork tx, List<OldRow> expired)
    {
        var ids = new { Ids = JsonSerializer.Serialize(expired.Select(r => r.Sequence)) };
        await tx.ExecuteAsync("Audit_RemovePayloads", ids);
        // Digests of rows that nobody wrote since stand in those payloads: they are recorded again.
        foreach (var kept in await tx.QueryAsync<RowsRow>("RowDigest_OfEntries", ids)) tx.Journal.Wrote(kept.TableName, kept.RowsKey);
        var signer = keys.Current;
        await tx.RecordAsync(Actor.System, new JournalEntry
        {
            Action = AuditChain.ExpiredAct,
            Subject = $"audit {expired[0].Sequence} to {expired[^1].Sequence}",
            Detail = AuditRemoval.Sign(AuditChain.ExpiredAct, Ranges(expired), expired[^1].Hash,
                $"Older than {options.Value.RetainDays} days.", signer.Kid, d => signer.Sign(d)),
        });
    }

    private static bool IsHeld(OldRow row, IReadOnlySet<Guid> held) => held.Count > 0
        && (row.About is null || row.About.Split(' ').Any(id => Guid.TryParse(id, out var known) && held.Contains(known)));

    private static List<AuditRemoval.Range> Ranges(List<OldRow> rows)
    {
        var ranges = new List<AuditRemoval.Range>();
        foreach (var sequence in rows.Select(r => r.Sequence))
        {
            if (ranges.Count > 0 && ranges[^1].To == sequence - 1) ranges[^1] = ranges[^1] with { To = sequence };
            else ranges.Add(new(sequence, sequence));
        }
        return ranges;
    }

    private readonly record struct Next(long? After);

    private sealed record OldRow
    {
        public required long Sequence { get; init; }
        public required string? About { get; init; }
        public required string Hash { get; init; }
    }

    private sealed record RowsRow
    {
        public required string TableName { get; init; }
        public required string RowsKey { get; init; }
    }
}
