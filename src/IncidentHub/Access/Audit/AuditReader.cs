using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>Reads the log in order, page by page, and verifies it as it reads.</summary>
internal static class AuditReader
{
    private const int PageSize = 1000;

    /// <summary>Verifies the log. Rows that are appended in the meantime are ignored.</summary>
    /// <param name="keys">Null: signatures are not verified.</param>
    /// <param name="kept">Checkpoints that were kept elsewhere.</param>
    public static async Task<AuditVerification> VerifyAsync(ISql sql, AuditKeys? keys, IEnumerable<AuditCheckpoint>? kept = null)
    {
        var rows = new RowVerifier(sql);
        var (result, head) = await VerifyLogAsync(sql, rows, keys, kept);
        if (!result.IsOk) return result;
        return result with { Fault = await rows.VerifyAsync(head), Compared = rows.Compared };
    }

    private static async Task<(AuditVerification, AuditHead)> VerifyLogAsync(ISql sql, RowVerifier written, AuditKeys? keys,
        IEnumerable<AuditCheckpoint>? kept)
    {
        var verifier = new AuditVerifier(keys, kept);
        if (await HeadAsync(sql) is not { } head)
        {
            verifier.AddUnreadable(null, "The head is missing.");
            return (verifier.Finish(AuditHead.Empty) with { Head = null }, AuditHead.Empty);
        }
        // After the head: one that was added since covers at most some rows more.
        var checkpoints = new Queue<CheckpointRow>((await CheckpointStore.AllAsync(sql)).Where(c => c.Number <= head.Checkpoints));
        if (!await TakeRowsAsync(sql, verifier, head, null, () => TakeCheckpoints(verifier, checkpoints), written))
            return (verifier.Finish(head), head);
        var beyond = await sql.ScalarAsync<long>("Audit_BeyondHead");
        if (beyond > 0) verifier.AddUnreadable(null, $"{beyond} rows stand beyond the head.");
        // What is left covers more rows than there are.
        TakeCheckpoints(verifier, checkpoints, all: true);
        var strange = await sql.ScalarAsync<long>("AuditCheckpoint_BeyondHead");
        if (strange > 0) verifier.AddUnreadable(null, $"{strange} checkpoints stand beyond the head.");
        return (verifier.Finish(head), head);
    }

    /// <summary>The first fault after the last checkpoint, up to the head; or that the log does not contain what that one covers.</summary>
    public static async Task<AuditFault?> VerifyTailAsync(ISql sql, AuditCheckpoint? last, AuditHead head)
    {
        if (last is not null)
        {
            if (last.Sequence > head.Count)
                return new(head.Count, null, $"Checkpoint {last.Number} covers {last.Sequence} rows; the log ends after {head.Count}.");
            var row = (await ReadAsync(sql, last.Sequence - 1)).FirstOrDefault();
            if (row is null || row.Sequence != last.Sequence || row.Hash != last.Hash)
                return new(last.Sequence, row?.Sequence, $"Checkpoint {last.Number} has another hash of this row.");
        }
        var verifier = new AuditVerifier(start: last);
        await TakeRowsAsync(sql, verifier, head, last?.Sequence, () => true);
        return verifier.Finish(head with { Checkpoints = null }).Fault;
    }

    /// <summary>The rows after <paramref name="after"/>, for an export.</summary>
    public static Task<IReadOnlyList<AuditRow>> ReadAsync(ISql sql, long after) =>
        sql.QueryAsync<AuditRow>("Audit_Read", new { After = after, Limit = PageSize });

    public static async Task<AuditHead?> HeadAsync(ISql sql) => await sql.FirstOrDefaultAsync<AuditHeadRow>("Audit_Head") is { } row
        ? new AuditHead(row.EntryCount, row.LastHash, row.CheckpointCount) : null;

    private static async Task<bool> TakeRowsAsync(ISql sql, AuditVerifier verifier, AuditHead head, long? after, Func<bool> then,
        RowVerifier? written = null)
    {
        while (true)
        {
            var rows = await sql.QueryAsync<AuditRow>("Audit_Read", new { After = after ?? long.MinValue, Limit = PageSize });
            var page = new List<AuditEntry>(rows.Count);
            foreach (var row in rows.Where(r => r.Sequence <= head.Count))
            {
                if (!row.TryEntry(out var entry, out var fault)) verifier.AddUnreadable(row.Sequence, fault);
                else if (verifier.Take(entry) && then())
                {
                    page.Add(entry);
                    continue;
                }
                return false;
            }
            if (written is not null && await written.TakeAsync(page) is { } other)
            {
                verifier.Add(other);
                return false;
            }
            if (rows.Count < PageSize || rows[^1].Sequence >= head.Count) return true;
            after = rows[^1].Sequence;
        }
    }

    private static bool TakeCheckpoints(AuditVerifier verifier, Queue<CheckpointRow> checkpoints, bool all = false)
    {
        while (checkpoints.TryPeek(out var row) && (all || row.Sequence <= verifier.At))
        {
            checkpoints.Dequeue();
            if (row.Checkpoint is not { } checkpoint)
            {
                verifier.AddUnreadable(row.Sequence, $"The time of checkpoint {row.Number} cannot be read.");
                return false;
            }
            if (!verifier.Take(checkpoint)) return false;
        }
        return true;
    }
}
