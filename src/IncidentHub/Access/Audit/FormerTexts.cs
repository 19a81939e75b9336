using System.Text.Json;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Audit;

/// <summary>
/// What people wrote and replaced later, as far as the payloads of the audit log have it: for a redaction. A row is one record, its columns
/// are the properties of its payload.
/// </summary>
internal static class FormerTexts
{
    public const string Table = "AuditEntry";
    private const int PageSize = 500;

    // Properties that hold what a person typed.
    private static readonly HashSet<string> Written =
    [
        "what", "note", "reason", "factors", "wentWell", "lessons", "title", "body", "text", "summary", "evidence", "rationale", "comment",
        "question", "answer", "reference", "authority", "takenFrom", "takenBy", "condition", "actions", "needs", "series",
    ];

    /// <param name="about">The subjects of the records.</param>
    /// <param name="subject">The subject of records that are about none of them.</param>
    public static async Task<IReadOnlyList<StoredRow>> ReadAsync(
        ISql sql, IReadOnlyList<Guid> about, string subject, DateTimeOffset since)
    {
        var rows = new Dictionary<long, StoredRow>();
        foreach (var id in about) await ReadAsync(sql, rows, "Audit_About", $"%{id:D}%", since);
        await ReadAsync(sql, rows, "Audit_OfSubject", subject, since);
        return [.. rows.Values];
    }

    private static async Task ReadAsync(ISql sql, Dictionary<long, StoredRow> rows, string statement, string about, DateTimeOffset since)
    {
        for (long? after = 0; after is not null;)
        {
            var page = await sql.QueryAsync<PayloadRow>(
                statement, new { About = about, Since = since, After = after.Value, Limit = PageSize });
            after = page.Count < PageSize ? null : page[^1].Sequence;
            // Why something was redacted stays on record.
            foreach (var row in page.Where(r => !r.Act.EndsWith("redacted", StringComparison.Ordinal)))
            {
                var columns = new Dictionary<string, object?> { ["RowsKey"] = row.Sequence, ["CopySubject"] = row.Subject };
                using var payload = JsonDocument.Parse(row.Payload);
                Collect(payload.RootElement, "", columns);
                if (columns.Count > 2) rows.TryAdd(row.Sequence, new(Table, columns));
            }
        }
    }

    private static void Collect(JsonElement from, string path, Dictionary<string, object?> into)
    {
        if (from.ValueKind == JsonValueKind.Array)
        {
            var number = 0;
            foreach (var item in from.EnumerateArray()) Collect(item, $"{path}{number++}.", into);
        }
        if (from.ValueKind != JsonValueKind.Object) return;
        // A changed detail is text before and after; other changes are of a name from a list. Series and files are named by people.
        var isDetail = from.TryGetProperty("field", out _);
        var isNamed = from.TryGetProperty("members", out _) || from.TryGetProperty("takenFrom", out _);
        foreach (var property in from.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String) Collect(property.Value, $"{path}{property.Name}.", into);
            else if (Written.Contains(property.Name) || (isDetail && property.Name is "from" or "to")
                || (isNamed && property.Name == "name"))
                into[path + property.Name] = property.Value.GetString();
        }
    }

    private sealed record PayloadRow
    {
        public required long Sequence { get; init; }
        public required string Act { get; init; }
        public required string Subject { get; init; }
        public required string Payload { get; init; }
    }
}
