using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IncidentHub.Collector;

/// <summary>Compact JWS with ES256, as the protocol uses it: a type in the header, JSON claims, one signature.</summary>
internal static class Jws
{
    /// <summary>Signs the claims.</summary>
    public static string Sign(string type, JsonObject claims, ECDsa key)
    {
        var head = Encode(new JsonObject { ["alg"] = "ES256", ["typ"] = type }.ToJsonString()) + "." + Encode(claims.ToJsonString());
        return head + "."
            + Base64Url.EncodeToString(
            key.SignData(Encoding.ASCII.GetBytes(head), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    /// <summary>
    /// The claims of a token that carries this type and was signed by the key that <paramref name="find"/> knows by id; null for anything
    /// else.
    /// </summary>
    public static JsonElement? Verify(string token, string type, Func<string, ECDsa?> find)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            var header = Decode(parts[0]);
            if (header.GetProperty("alg").GetString() != "ES256" || header.GetProperty("typ").GetString() != type) return null;
            var key = find(header.GetProperty("kid").GetString() ?? "");
            var signed = Encoding.ASCII.GetBytes(token.AsSpan(0, parts[0].Length + 1 + parts[1].Length).ToString());
            return key is not null && key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                ? Decode(parts[1])
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static JsonElement Decode(string part) => JsonElement.Parse(Base64Url.DecodeFromChars(part));
}
