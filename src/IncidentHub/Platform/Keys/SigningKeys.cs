using IncidentHub.Domain;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Keys;

/// <summary>A public key in JWK form (RFC 7517), P-256.</summary>
internal sealed record PublicJwk(string kid, string x, string y)
{
    public string kty => "EC";
    public string crv => "P-256";
    public string alg => "ES256";
    public string use => "sig";
}

/// <summary>When a key was made and signs; from the first moment on it is published.</summary>
/// <param name="SignsUntil">Null until a next key is made.</param>
internal sealed record SigningPeriod(string Kid, DateTimeOffset MadeAt, DateTimeOffset SignsFrom, DateTimeOffset? SignsUntil);

/// <summary>
/// The ES256 keys that sign permits and receipts. A new key is published before it signs, by longer than anybody may keep the published ones; the one before it
/// signs until then. Private halves are encrypted by the master key; public halves of retired keys stay, so that what they signed can be verified for ever.
/// </summary>
internal sealed class SigningKeys(Db db, MasterKey master, TimeProvider clock, IOptions<KeysOptions> options)
{
    private const string Purpose = "signing";
    private readonly ConcurrentDictionary<string, (PublicJwk Jwk, ECDsa Key)> _verifying = new();

    // The oldest first: a key signs from the end of the one before it.
    private volatile Signer[] _signers = [];
    private volatile SigningPeriod[] _periods = [];

    /// <summary>Asked to verify with a key that is not known here: another process may have made it.</summary>
    public event Action? UnknownKey;

    /// <summary>The key that signs now.</summary>
    public Signer Current
    {
        get
        {
            var now = clock.GetUtcNow();
            foreach (var signer in _signers)
            {
                if (signer.Until is null || signer.Until > now) return signer;
            }
            throw new InvalidOperationException("The signing keys are not loaded yet.");
        }
    }

    public IReadOnlyList<PublicJwk> Public => _verifying.Values.Select(v => v.Jwk).OrderBy(j => j.kid).ToList();

    /// <summary>Every key, the newest first.</summary>
    public IReadOnlyList<SigningPeriod> Periods => _periods;

    /// <summary>How long the published keys may be kept.</summary>
    public TimeSpan MaxAge => PublishAhead / 2;

    public TimeSpan PublishAhead => options.Value.PublishAhead;

    /// <summary>A private key with its id.</summary>
    internal sealed class Signer(string kid, ECDsa key, DateTimeOffset? until)
    {
        public string Kid => kid;

        public DateTimeOffset? Until => until;

        /// <summary>Signs as JWS ES256 does: r ‖ s, 64 bytes.</summary>
        public byte[] Sign(ReadOnlySpan<byte> data)
        {
            lock (key) return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    /// <summary>Reads all keys, also those that another process made; makes the first one where there is none.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var rows = await db.ReadAsync(sql => sql.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose }), ct);
        if (rows.Count == 0)
        {
            await db.WriteAsync<SigningPeriod>(async tx => await MakeAsync(tx, tx.Now), ct: ct);
            rows = await db.ReadAsync(sql => sql.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose }), ct);
        }
        Take(rows);
    }

    /// <summary>Makes the next key, in the transaction of the act; load again after it. Refused while a key waits to sign.</summary>
    public async Task<Result<SigningPeriod>> RotateAsync(UnitOfWork tx)
    {
        var rows = await tx.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose });
        if (rows.FirstOrDefault(r => r.RetiredAt > tx.Now) is { } leaving)
            return Refusal.NotAllowed("rotation_under_way", $"The next key is published and signs from {leaving.RetiredAt:u}.");
        var signsFrom = tx.Now + PublishAhead;
        // Another process may have been first.
        if (await tx.ExecuteAsync("KeyRecord_Retire", new { rows[^1].Id, SignsUntil = signsFrom }) == 0) return Refusal.Stale("Another process has made a new key.");
        return await MakeAsync(tx, signsFrom);
    }

    /// <summary>Whether the key of that id signed the data.</summary>
    public bool Verify(string kid, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!_verifying.TryGetValue(kid, out var found))
        {
            UnknownKey?.Invoke();
            return false;
        }
        lock (found.Key) return found.Key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private async Task<SigningPeriod> MakeAsync(UnitOfWork tx, DateTimeOffset signsFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var row = new KeyRow
        {
            Id = OrderedId.Next(tx.Now), Purpose = Purpose, PublicX = WebEncoders.Base64UrlEncode(point.X!), PublicY = WebEncoders.Base64UrlEncode(point.Y!),
            Secret = master.Encrypt(key.ExportPkcs8PrivateKey(), Purpose), CreatedAt = tx.Now, RetiredAt = null,
        };
        await tx.ExecuteAsync("KeyRecord_Insert", row);
        return new(Kid(row), tx.Now, signsFrom, null);
    }

    private void Take(IReadOnlyList<KeyRow> rows)
    {
        foreach (var row in rows)
        {
            var kid = Kid(row);
            if (!_verifying.ContainsKey(kid)) _verifying[kid] = (new PublicJwk(kid, row.PublicX!, row.PublicY!), OpenPublic(row));
        }
        var now = clock.GetUtcNow();
        var known = _signers.ToDictionary(s => s.Kid);
        _signers = [.. rows.Where(r => r.RetiredAt is null || r.RetiredAt > now).Select(r => known.TryGetValue(Kid(r), out var s) && s.Until == r.RetiredAt ? s : new Signer(Kid(r), OpenPrivate(r), r.RetiredAt))];
        _periods = [.. rows.Select((r, i) => new SigningPeriod(Kid(r), r.CreatedAt, i == 0 ? r.CreatedAt : rows[i - 1].RetiredAt ?? r.CreatedAt, r.RetiredAt)).Reverse()];
    }

    private static string Kid(KeyRow row) => row.Id.ToString("N");

    private ECDsa OpenPrivate(KeyRow row)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Decrypt(row.Secret, Purpose), out _);
        return key;
    }

    private static ECDsa OpenPublic(KeyRow row) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = WebEncoders.Base64UrlDecode(row.PublicX!), Y = WebEncoders.Base64UrlDecode(row.PublicY!) },
    });
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

    /// <summary>Of a signing key: when it ceases to sign; it may lie ahead.</summary>
    public required DateTimeOffset? RetiredAt { get; init; }
}
