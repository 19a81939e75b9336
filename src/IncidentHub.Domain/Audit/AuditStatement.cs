using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace IncidentHub.Domain.Audit;

/// <summary>
/// A statement about the audit log that the hub signed: a compact JWS (RFC 7515, ES256). Its type in the header separates it from permits
/// and from other statements, which the same keys sign.
/// </summary>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="Claims">The exact text of the claims, a JSON object.</param>
/// <param name="Signature">Base64url.</param>
public sealed record AuditStatement(string Type, string KeyId, string Claims, string Signature)
{
    public const string Checkpoint = "ih-audit-checkpoint+jwt", Removal = "ih-audit-removal+jwt",
        Export = "ih-audit-export+jwt", Section = "ih-audit-section+jwt";

    private const int SignatureBytes = 64, MaxLength = 64 * 1024;

    public string Jws => $"{Input(Type, KeyId, Claims)}.{Signature}";

    /// <summary>What the signature covers.</summary>
    public byte[] Signed => Encoding.ASCII.GetBytes(Input(Type, KeyId, Claims));

    /// <param name="sign">Signs with the key of that id: r ‖ s, 64 bytes.</param>
    public static AuditStatement Sign(string type, Action<Utf8JsonWriter> claims, string keyId, Func<byte[], byte[]> sign)
    {
        ArgumentNullException.ThrowIfNull(sign);
        var text = Json(claims);
        return new(type, keyId, text, Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(Input(type, keyId, text)))));
    }

    /// <summary>
    /// Null for anything else than a statement of this type in the hub's own spelling: two spellings of one statement would be a change
    /// that no signature detects.
    /// </summary>
    public static AuditStatement? Parse(string? jws, string type)
    {
        if (jws is null || jws.Length > MaxLength || jws.Split('.') is not [var head, var body, var signature]) return null;
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(head));
            if (header.RootElement.ValueKind != JsonValueKind.Object || !header.RootElement.TryGetProperty("kid", out var kid)
                || kid.ValueKind != JsonValueKind.String) return null;
            var found = new AuditStatement(type, kid.GetString()!, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(body)), signature);
            return found.Jws == jws && IsSignature(signature) ? found : null;
        }
        // Text that is not valid Unicode is an InvalidOperationException there.
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    internal static bool IsSignature(string text) => Base64Url.IsValid(text, out var bytes) && bytes == SignatureBytes
        && Base64Url.EncodeToString(Base64Url.DecodeFromChars(text)) == text;

    internal static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Input(string type, string keyId, string claims)
    {
        var head = Json(w =>
        {
            w.WriteString("alg", "ES256");
            w.WriteString("typ", type);
            w.WriteString("kid", keyId);
        });
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(head))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
    }
}
