using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IncidentHub.Domain.Audit;

/// <summary>
/// What the log was at a time, signed by the hub. Whoever keeps one outside of the database finds a log that was rewritten or emptied.
/// </summary>
/// <param name="Number">1 for the first; no gaps.</param>
/// <param name="Sequence">The last row that it covers, with all before it.</param>
/// <param name="Hash">The hash of that row.</param>
/// <param name="PreviousDigest">The digest of the checkpoint before; 64 zeros for the first.</param>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="Signature">Base64url.</param>
public sealed record AuditCheckpoint(
    long Number, long Sequence, string Hash, DateTimeOffset At, string PreviousDigest, string KeyId, string Signature)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The digest before the first.</summary>
    public static string NoDigest { get; } = new('0', 64);

    /// <summary>As it is kept and exported: a compact JWS.</summary>
    public string Jws => Statement.Jws;

    /// <summary>SHA-256 of <see cref="Jws"/>.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Jws)));

    internal AuditStatement Statement => new(AuditStatement.Checkpoint, KeyId, AuditStatement.Json(Write), Signature);

    /// <summary>The next checkpoint. Times are signed in UTC.</summary>
    public static AuditCheckpoint Sign(AuditCheckpoint? last, AuditHead head, DateTimeOffset at, string keyId, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(head);
        var next = new AuditCheckpoint((last?.Number ?? 0) + 1, head.Count, head.LastHash, at.ToUniversalTime(), last?.Digest ?? NoDigest,
            keyId, "");
        return next with { Signature = AuditStatement.Sign(AuditStatement.Checkpoint, next.Write, keyId, sign).Signature };
    }

    /// <summary>Null for anything else than a checkpoint in the hub's own spelling.</summary>
    public static AuditCheckpoint? Parse(string? jws)
    {
        if (AuditStatement.Parse(jws, AuditStatement.Checkpoint) is not { } statement) return null;
        try
        {
            using var claims = JsonDocument.Parse(statement.Claims);
            var c = claims.RootElement;
            var found = new AuditCheckpoint(c.GetProperty("number").GetInt64(), c.GetProperty("sequence").GetInt64(),
                c.GetProperty("hash").GetString()!, ParseTime(c.GetProperty("at").GetString()), c.GetProperty("previous").GetString()!,
                statement.KeyId, statement.Signature);
            return found.Jws == jws ? found : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    internal static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    internal static DateTimeOffset ParseTime(string? text) => DateTimeOffset.ParseExact(text ?? "", TimeFormat,
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private void Write(Utf8JsonWriter w)
    {
        w.WriteNumber("number", Number);
        w.WriteNumber("sequence", Sequence);
        w.WriteString("hash", Hash);
        w.WriteString("at", TimeText(At));
        w.WriteString("previous", PreviousDigest);
    }
}
