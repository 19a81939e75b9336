using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>Reads the log in order, page by page, and verifies it as it reads.</summary>
internal static class AuditReader
{
    private const int PageSize = 1000;

    /// <summary>Verifies the log. Rows that are appended in the meantime are ignored.</summary>
    public static async Task<AuditVerification> VerifyAsync(ISql sql, Action<long>? progress = null)
    {
        var verifier = new AuditVerifier();
        var head = await HeadAsync(sql);
        if (head is null)
        {
            verifier.AddUnreadable(null, "The head is missing.");
            return verifier.Finish(AuditHead.Empty);
        }
        long? after = null;
        while (true)
        {
            var rows = await sql.QueryAsync<AuditRow>("Audit_Read", new { After = after ?? long.MinValue, Limit = PageSize });
            foreach (var row in rows.Where(r => r.Sequence <= head.Count))
            {
                if (!row.TryEntry(out var entry, out var fault)) verifier.AddUnreadable(row.Sequence, fault);
                else if (verifier.Take(entry)) continue;
                return verifier.Finish(head);
            }
            if (rows.Count < PageSize || rows[^1].Sequence >= head.Count) break;
            after = rows[^1].Sequence;
            progress?.Invoke(rows[^1].Sequence);
        }
        var beyond = await sql.ScalarAsync<long>("Audit_BeyondHead");
        if (beyond > 0) verifier.AddUnreadable(null, $"{beyond} rows stand beyond the head.");
        return verifier.Finish(head);
    }

    /// <summary>The rows after <paramref name="after"/>, for an export.</summary>
    public static Task<IReadOnlyList<AuditRow>> ReadAsync(ISql sql, long after) =>
        sql.QueryAsync<AuditRow>("Audit_Read", new { After = after, Limit = PageSize });

    public static async Task<AuditHead?> HeadAsync(ISql sql) =>
        await sql.FirstOrDefaultAsync<AuditHeadRow>("Audit_Head") is { } row ? new AuditHead(row.EntryCount, row.LastHash) : null;
}
