using System.Collections.Concurrent;
using System.Security.Cryptography;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentHub.Platform.Keys;

/// <summary>A public key in JWK form (RFC 7517), P-256.</summary>
internal sealed record PublicJwk(string kid, string x, string y)
{
    public string kty => "EC";
    public string crv => "P-256";
    public string alg => "ES256";
    public string use => "sig";
}

/// <summary>
/// The ES256 keys that sign permits and receipts. Private halves are encrypted by the master key; retired public halves stay, so that
/// what they signed can be verified for ever.
/// </summary>
internal sealed class SigningKeys(Db db, MasterKey master)
{
    private const string Purpose = "signing";
    private readonly ConcurrentDictionary<string, (PublicJwk Jwk, ECDsa Key)> _verifying = new();
    private volatile Signer? _current;

    /// <summary>The key that signs now.</summary>
    public Signer Current => _current ?? throw new InvalidOperationException("The signing keys are not loaded yet.");

    public IReadOnlyList<PublicJwk> Public => _verifying.Values.Select(v => v.Jwk).OrderBy(j => j.kid).ToList();

    /// <summary>A private key with its id.</summary>
    internal sealed class Signer(string kid, ECDsa key)
    {
        public string Kid => kid;

        /// <summary>Signs as JWS ES256 does: r ‖ s, 64 bytes.</summary>
        public byte[] Sign(ReadOnlySpan<byte> data)
        {
            lock (key) return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>Reads all keys; makes the first one where there is none.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var rows = await db.ReadAsync(sql => sql.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose }), ct);
        foreach (var row in rows) Take(row);
        if (rows.All(r => r.RetiredAt is not null)) await RotateAsync(ct);
    }

    /// <summary>Makes a new key that signs from now on. Keys before it only verify.</summary>
    public async Task RotateAsync(CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var secret = master.Encrypt(key.ExportPkcs8PrivateKey(), Purpose);
        var row = await db.WriteAsync<KeyRow>(
            async tx =>
            {
                var made = new KeyRow
                {
                    Id = Guid.CreateVersion7(tx.Now), Purpose = Purpose, PublicX = WebEncoders.Base64UrlEncode(point.X!), PublicY = WebEncoders.Base64UrlEncode(point.Y!),
                    Secret = secret, CreatedAt = tx.Now, RetiredAt = null,
                };
                await tx.ExecuteAsync("KeyRecord_Retire", new { Purpose, tx.Now });
                await tx.ExecuteAsync("KeyRecord_Insert", made);
                return made;
            },
            ct: ct);
        Take(row.Value);
    }

    /// <summary>Whether the key of that id signed the data.</summary>
    public bool Verify(string kid, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!_verifying.TryGetValue(kid, out var found)) return false;
        lock (found.Key) return found.Key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private void Take(KeyRow row)
    {
        var kid = row.Id.ToString("N");
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Decrypt(row.Secret, Purpose), out _);
        _verifying[kid] = (new PublicJwk(kid, row.PublicX!, row.PublicY!), key);
        if (row.RetiredAt is null) _current = new Signer(kid, key);
    }
}

internal sealed record KeyRow
{
    public required Guid Id { get; init; }
    public required string Purpose { get; init; }
    public required string? PublicX { get; init; }
    public required string? PublicY { get; init; }

    /// <summary>Encrypted by the master key.</summary>
    public required string Secret { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? RetiredAt { get; init; }
}
