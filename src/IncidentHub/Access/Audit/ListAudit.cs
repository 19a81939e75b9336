using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Access.Audit;

/// <summary>Queries rows of the audit log, newest first.</summary>
/// <param name="ActorName">Exact match.</param>
/// <param name="Act">Prefix match: <c>decision.</c> finds all acts on decisions.</param>
/// <param name="Subject">Exact match: <c>incident INC-12</c>. Finds only rows that the reader may see.</param>
internal sealed record ListAudit(DateTimeOffset? From, DateTimeOffset? To, string? ActorName, string? Act, string? Subject,
    string? Cursor, int? Limit);

/// <summary>One act as shown to auditors.</summary>
/// <param name="Subject">Null where the reader may not see it.</param>
/// <param name="Pseudonym">In place of the subject: the same for the same subject. Null where the subject is shown.</param>
/// <param name="Redacted">The payload was removed.</param>
internal sealed record AuditItem(
    long Sequence, DateTimeOffset At, string ActorName, string ActorKind, string Act, string? Subject, string? Pseudonym,
    JsonElement? Payload, bool Redacted, string Hash);

internal sealed partial class ListAuditHandler(Db db, AuditSight sight)
{
    /// <summary>
    /// The time of an act is the beginning of its transaction, its number the order of its commit: no transaction is long enough for times
    /// and numbers to differ by more than this. With it, a time is found by number, without reading the log.
    /// </summary>
    private static readonly TimeSpan OutOfOrder = TimeSpan.FromHours(1);

    public async Task<Result<Page<AuditItem>>> HandleAsync(ListAudit query, Actor actor, CancellationToken ct)
    {
        if (AccessTable.Deny(actor, Act.ReadAudit) is { } denied) return denied;
        var limit = Cursor.Limit(query.Limit);
        if (!limit.IsOk) return limit.Refusal!;
        var before = Cursor.DecodeNumber("audit", query.Cursor);
        if (!before.IsOk) return before.Refusal!;
        var check = new Validation()
            .Line(query.ActorName, "actor", 200, required: false)
            .Line(query.Subject, "subject", 200, required: false)
            .Check(string.IsNullOrEmpty(query.Act) || ActName().IsMatch(Codes.Lower(query.Act)), "act",
                "Small letters, digits, dots and hyphens, such as «decision.» or «incident.declared».")
            .Range(query.From, "from", query.To, "to");
        if (check.ToRefusal() is { } invalid) return invalid;

        var options = new List<string>();
        if (before.Value is not null) options.Add("Before");
        if (query.From is not null) options.Add("From");
        if (query.To is not null) options.Add("To");
        if (!string.IsNullOrWhiteSpace(query.ActorName)) options.Add("ActorName");
        if (!string.IsNullOrEmpty(query.Act)) options.Add("Act");
        if (!string.IsNullOrWhiteSpace(query.Subject)) options.Add("Subject");
        var subject = query.Subject?.Clean() ?? "";
        return await db.ReadAsync<Page<AuditItem>>(async sql =>
        {
            var rows = await sql.QueryAsync<AuditRow>(
                "Audit_List",
                new
                {
                    Before = before.Value ?? 0,
                    query.From,
                    EarlierFrom = Shifted(query.From, -OutOfOrder),
                    query.To,
                    LaterTo = Shifted(query.To, OutOfOrder),
                    ActorName = query.ActorName?.Clean(),
                    Act = Codes.Lower(query.Act) + "%",
                    Subject = subject,
                    Hidden = options.Contains("Subject") ? await sight.HiddenOfSubjectAsync(sql, subject, actor) : "[]",
                    Limit = limit.Value + 1,
                },
                [.. options]);
            var hidden = await sight.HiddenAsync(sql, rows, actor);
            return Page<AuditRow>.Of(rows, limit.Value, "audit", r => [r.Sequence]).Map(r => ToItem(r, hidden.Contains(r.Sequence)));
        }, ct);
    }

    private static DateTimeOffset Shifted(DateTimeOffset? time, TimeSpan by) =>
        new(Math.Clamp((time?.UtcTicks ?? 0) + by.Ticks, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    private AuditItem ToItem(AuditRow row, bool isHidden)
    {
        var at = row.TryEntry(out var entry, out _) ? entry.At : default;
        return isHidden
            ? new(row.Sequence, at, row.ActorName, row.ActorKind, row.Act, null, sight.Pseudonym(row.Subject), null, false, row.Hash)
            : new(row.Sequence, at, row.ActorName, row.ActorKind, row.Act, row.Subject, null, Json(row.Payload),
                row.Payload is null && row.PayloadDigest is not null, row.Hash);
    }

    // The payload may have been changed to invalid JSON: then it is shown as text.
    private static JsonElement? Json(string? payload)
    {
        if (payload is null) return null;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(payload);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(payload);
        }
    }

    [GeneratedRegex("^[a-z0-9.-]{1,60}$")]
    private static partial Regex ActName();
}
