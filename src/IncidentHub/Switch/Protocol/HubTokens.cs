using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.Protocol;

/// <summary>Types of signed tokens, so that none can be used in place of another.</summary>
internal static class TokenTypes
{
    public const string Permit = "ih-permit+jwt", Stop = "ih-stop+jwt", Receipt = "ih-receipt+jwt", Challenge = "ih-challenge+jwt",
        Admission = "ih-admit+jwt";

    /// <summary>Signed by collectors.</summary>
    public const string Ack = "ih-ack+jwt", Enrol = "ih-enrol+jwt";
}

/// <summary>Compact JWS with ES256: signs with the hub's keys, verifies what the hub or a collector signed.</summary>
internal sealed class HubTokens(SigningKeys keys, string issuer)
{
    // A small number: one for each key and type.
    private readonly ConcurrentDictionary<(string Kid, string Type), string> _heads = new();

    /// <summary>The maximum length of an accepted token.</summary>
    public const int MaxLength = 16 * 1024;

    public string Sign(string type, Action<Utf8JsonWriter> claims)
    {
        var signer = keys.Current;
        var head = _heads.GetOrAdd((signer.Kid, type), h => Part(w =>
        {
            w.WriteString("alg", "ES256");
            w.WriteString("typ", h.Type);
            w.WriteString("kid", h.Kid);
        }));
        var signed = head + "." + Part(w =>
        {
            w.WriteString("iss", issuer);
            claims(w);
        });
        return signed + "." + Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>The claims of a token of this type that this hub signed; null for anything else. The caller checks expiry.</summary>
    /// <param name="evenWithdrawn">Accepts a key that was withdrawn since, for data that is also authenticated in another way.</param>
    public JsonElement? Verify(string? token, string type, bool evenWithdrawn = false) =>
        Verify(token, type, (kid, signed, signature) => kid is not null && keys.Verify(kid, signed, signature, evenWithdrawn));

    /// <summary>The claims of a token of this type that the holder of this public key signed; null for anything else.</summary>
    public static JsonElement? Verify(string? token, string type, ECDsa key) =>
        Verify(token, type, (_, signed, signature) =>
        {
            // One key object serves all calls of its collector, and it is not thread-safe.
            lock (key)
                return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        });

    /// <summary>The claims of a token that is known to be signed by the hub.</summary>
    public static JsonElement Read(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));

    private delegate bool Check(string? kid, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature);

    private static JsonElement? Verify(string? token, string type, Check check)
    {
        if (token is null || token.Length > MaxLength || token.Split('.') is not [var head, var body, var tail]) return null;
        try
        {
            var header = JsonElement.Parse(Base64Url.DecodeFromChars(head));
            if (header.GetProperty("alg").GetString() != "ES256" || header.GetProperty("typ").GetString() != type) return null;
            var kid = header.TryGetProperty("kid", out var named) ? named.GetString() : null;
            var signature = Base64Url.DecodeFromChars(tail);
            if (signature.Length != 64 || !check(kid, Encoding.ASCII.GetBytes($"{head}.{body}"), signature)) return null;
            var claims = JsonElement.Parse(Base64Url.DecodeFromChars(body));
            return claims.ValueKind == JsonValueKind.Object ? claims : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException
            or CryptographicException)
        {
            return null;
        }
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
