using System.Text.Json;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Audit;

/// <summary>
/// Compares the rows of the audited tables with their digests in the log. The table RowDigest says where the last digest of a row is; what
/// it says is compared with the log as well. Reads page by page; keeps nothing.
/// </summary>
internal sealed class RowVerifier(ISql sql)
{
    private const int PageSize = 500;
    private const string Mark = "\"rows\":[";

    private bool _hasDigests;

    /// <summary>How many things were compared.</summary>
    public long Compared { get; private set; }

    /// <summary>Rows of the log in their order: none of the digests may be newer than the one that RowDigest has.</summary>
    public async Task<AuditFault?> TakeAsync(IReadOnlyList<AuditEntry> page)
    {
        var last = new Dictionary<RowsRef, (long Sequence, string Digest)>();
        foreach (var entry in page)
        {
            var written = Written(entry.Payload);
            if (written.Count > 0 && entry.Act == RowBaseline.Action && _hasDigests)
                return At(entry.Sequence, "The digests of all rows were recorded anew: what was changed before is not found.");
            foreach (var (rows, digest) in written) last[rows] = (entry.Sequence, digest);
            _hasDigests |= written.Count > 0 && entry.Act != RowBaseline.Action;
        }
        AuditFault? first = null;
        foreach (var table in last.GroupBy(l => l.Key.Table))
        {
            var saved = await FindAsync(table.Key, [.. table.Select(l => l.Key.Key)]);
            foreach (var (rows, (sequence, digest)) in table)
            {
                var what = !saved.TryGetValue(rows.Key, out var s) ? "is missing"
                    : s.Sequence < sequence ? $"is that of row {s.Sequence}: it was set back"
                    : s.Sequence == sequence && s.Digest != digest ? "is another" : null;
                if (what is not null && (first is null || sequence < first.Row))
                    first = At(sequence, $"This row recorded {Name(rows)}; the saved digest {what}.");
            }
        }
        return first;
    }

    /// <summary>The rows as they stand in the database.</summary>
    public async Task<AuditFault?> VerifyAsync(AuditHead head)
    {
        foreach (var table in sql.Statements.AuditedTables)
        {
            if (await ChangedAsync(table) is { } changed) return changed;
            if (_hasDigests && await AddedAsync(table, head) is { } added) return added;
        }
        return null;
    }

    private async Task<AuditFault?> ChangedAsync(string table)
    {
        var after = "";
        while (await sql.QueryAsync<DigestRow>("RowDigest_Page", new { TableName = table, After = after, Limit = PageSize })
            is { Count: > 0 } page)
        {
            after = page[^1].RowsKey;
            var recorded = (await sql.QueryAsync<PayloadRow>("Audit_Payloads",
                new { Ids = JsonSerializer.Serialize(page.Select(d => d.Sequence).Distinct()) }))
                .ToDictionary(p => p.Sequence, p => Written(p.Payload));
            var rows = await RowDigests.ReadAsync(sql, table, [.. page.Select(d => d.RowsKey)]);
            foreach (var digest in page)
            {
                var of = new RowsRef(table, digest.RowsKey);
                var fault = recorded.GetValueOrDefault(digest.Sequence)?.GetValueOrDefault(of) != digest.Digest
                    ? $"The saved digest of {Name(of)} is not what this row recorded."
                    : RowDigests.Of(of, digest.Salt, rows[digest.RowsKey]) != digest.Digest
                        ? $"{Name(of)} is not what this row recorded: it was changed in the database." : null;
                // Changed by a command while this was read: the digest is another, too.
                if (fault is not null && (await FindAsync(table, [digest.RowsKey])).GetValueOrDefault(digest.RowsKey) == digest)
                    return At(digest.Sequence, fault);
                Compared++;
            }
        }
        return null;
    }

    private async Task<AuditFault?> AddedAsync(string table, AuditHead head)
    {
        object? after = null;
        while (await RowDigests.KeysAsync(sql, table, after, PageSize) is { Count: > 0 } page)
        {
            after = page[^1];
            var keys = page.Select(RowKeys.Text).Distinct().ToList();
            var saved = await FindAsync(table, keys);
            if (keys.Find(k => !saved.ContainsKey(k)) is { } added)
                return new(head.Count, null, $"No row recorded {Name(new(table, added))}: it was added in the database.");
        }
        return null;
    }

    private async Task<Dictionary<string, DigestRow>> FindAsync(string table, IReadOnlyCollection<string> keys) =>
        (await sql.QueryAsync<DigestRow>("RowDigest_Find", new { TableName = table, Ids = JsonSerializer.Serialize(keys) }))
            .ToDictionary(d => d.RowsKey);

    private static Dictionary<RowsRef, string> Written(string? payload)
    {
        var written = new Dictionary<RowsRef, string>();
        if (payload?.Contains(Mark, StringComparison.Ordinal) != true) return written;
        try
        {
            using var json = JsonDocument.Parse(payload);
            if (!json.RootElement.TryGetProperty("rows", out var rows)) return written;
            foreach (var row in rows.EnumerateArray())
            {
                written[new(row.GetProperty("table").GetString()!, row.GetProperty("key").GetString()!)] =
                    row.GetProperty("digest").GetString()!;
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A payload of another form.
        }
        return written;
    }

    private static string Name(RowsRef rows) => $"{rows.Table} {rows.Key}";

    private static AuditFault At(long sequence, string what) => new(sequence, sequence, what);

    private sealed record DigestRow
    {
        public required string TableName { get; init; }
        public required string RowsKey { get; init; }
        public required long Sequence { get; init; }
        public required string Salt { get; init; }
        public required string Digest { get; init; }
    }

    private sealed record PayloadRow
    {
        public required long Sequence { get; init; }
        public required string? Payload { get; init; }
    }
}
