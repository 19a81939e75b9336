using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace IncidentHub.Domain.Audit;

/// <summary>Whether what a key signed is accepted.</summary>
public enum KeyTrust
{
    /// <summary>Not a key of the hub.</summary>
    Unknown,

    Trusted,

    /// <summary>Its private half is known to others, or may be: a valid signature of it proves nothing.</summary>
    Withdrawn,
}

/// <summary>The public keys by which statements about the audit log are verified (ES256).</summary>
public sealed class AuditKeys : IDisposable
{
    private readonly Dictionary<string, (ECDsa Key, KeyTrust Trust)> _keys = [];

    /// <param name="x">The point's coordinates, base64url.</param>
    /// <exception cref="FormatException">It is not a point of P-256.</exception>
    public void Add(string kid, string x, string y, bool isWithdrawn = false)
    {
        try
        {
            var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) },
            });
            if (!_keys.TryAdd(kid, (key, isWithdrawn ? KeyTrust.Withdrawn : KeyTrust.Trusted))) key.Dispose();
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"The key {kid} is not a point of P-256.", e);
        }
    }

    /// <summary>A JWK set (RFC 7517), as the hub publishes it at <c>/.well-known/jwks.json</c>.</summary>
    /// <exception cref="FormatException">It is none, or holds no usable key.</exception>
    public static AuditKeys FromJwks(string json)
    {
        var keys = new AuditKeys();
        try
        {
            using var set = JsonDocument.Parse(json);
            foreach (var key in set.RootElement.GetProperty("keys").EnumerateArray())
            {
                if (key.GetProperty("kty").GetString() != "EC" || key.GetProperty("crv").GetString() != "P-256") continue;
                keys.Add(key.GetProperty("kid").GetString()!, key.GetProperty("x").GetString()!, key.GetProperty("y").GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            throw new FormatException("This is not a JWK set.", e);
        }
        return keys._keys.Count > 0 ? keys : throw new FormatException("The JWK set holds no key of P-256.");
    }

    public KeyTrust TrustOf(string kid) => _keys.TryGetValue(kid, out var found) ? found.Trust : KeyTrust.Unknown;

    /// <summary>Whether the key that the statement names has signed it, withdrawn or not.</summary>
    public bool Verifies(AuditStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return _keys.TryGetValue(statement.KeyId, out var found) && AuditStatement.IsSignature(statement.Signature)
            && found.Key.VerifyData(statement.Signed, Base64Url.DecodeFromChars(statement.Signature), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public void Dispose()
    {
        foreach (var (key, _) in _keys.Values) key.Dispose();
    }
}
