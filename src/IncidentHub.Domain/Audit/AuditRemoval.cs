using System.Text.Json;

namespace IncidentHub.Domain.Audit;

/// <summary>The payload of a row that records that payloads of earlier rows were removed: redacted, or expired.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Statement">The hub's signature over the rows: without it anybody who can write to the database could remove a payload and
/// record that as a redaction.</param>
public sealed record AuditRemoval(string Reason, string Statement)
{
    /// <summary>Rows from the first to the last of a range.</summary>
    public readonly record struct Range(long From, long To)
    {
        public bool Holds(long sequence) => sequence >= From && sequence <= To;
    }

    /// <param name="act"><see cref="AuditChain.RedactedAct"/> or <see cref="AuditChain.ExpiredAct"/>.</param>
    /// <param name="rows">The rows whose payloads were removed.</param>
    /// <param name="lastHash">The hash of the last of them: binds the statement to this log.</param>
    public static AuditRemoval Sign(string act, IReadOnlyList<Range> rows, string lastHash, string reason, string keyId,
        Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(reason, AuditStatement.Sign(AuditStatement.Removal, w =>
        {
            w.WriteString("act", act);
            w.WriteStartArray("rows");
            foreach (var (from, to) in rows)
            {
                w.WriteStartArray();
                w.WriteNumberValue(from);
                w.WriteNumberValue(to);
                w.WriteEndArray();
            }
            w.WriteEndArray();
            w.WriteString("hash", lastHash);
        }, keyId, sign).Jws);
    }
}

/// <summary>The signed statement of a removal, as read from the row that records it.</summary>
internal sealed record SignedRemoval(AuditStatement Statement, IReadOnlyList<AuditRemoval.Range> Rows, string LastHash)
{
    /// <summary>Null where the row has no statement about a removal of its own kind.</summary>
    public static SignedRemoval? Of(AuditEntry record)
    {
        try
        {
            using var payload = JsonDocument.Parse(record.Payload ?? "{}");
            if (!payload.RootElement.TryGetProperty("statement", out var jws)
                || AuditStatement.Parse(jws.GetString(), AuditStatement.Removal) is not { } statement) return null;
            using var claims = JsonDocument.Parse(statement.Claims);
            var c = claims.RootElement;
            if (c.GetProperty("act").GetString() != record.Act) return null;
            var rows = c.GetProperty("rows").EnumerateArray()
                .Select(r => new AuditRemoval.Range(r[0].GetInt64(), r[1].GetInt64())).ToList();
            if (rows.Count == 0 || rows.Any(r => r.To >= record.Sequence)) return null;
            // What the row says to people is what was signed.
            if (record.Act == AuditChain.RedactedAct
                && (rows is not [var one] || one.From != one.To || record.Subject != AuditChain.RedactionSubject(one.From))) return null;
            return new(statement, rows, c.GetProperty("hash").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
