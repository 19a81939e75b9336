using System.Collections.Concurrent;
using System.Security.Cryptography;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace IncidentHub.Platform.Keys;

/// <summary>
/// The ES256 keys that sign permits and receipts. A new key is published before it signs, for longer than published keys may be cached; the
/// previous key signs until then. Private halves are encrypted by the master key; public halves of retired keys are kept, so that their
/// signatures can be verified permanently. A withdrawn key is no longer published, and its signatures are not accepted.
/// </summary>
internal sealed class SigningKeys(Db db, MasterKey master, TimeProvider clock, IOptions<KeysOptions> options)
{
    /// <summary>The purpose of these keys in the table KeyRecord.</summary>
    public const string Purpose = "signing";

    private readonly ConcurrentDictionary<string, (PublicJwk Jwk, ECDsa Key)> _verifying = new();

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile HashSet<string> _withdrawn = [];

    // Oldest first: a key signs from the end of the previous one.
    private volatile Signer[] _signers = [];
    private volatile SigningPeriod[] _periods = [];

    /// <summary>Raised when a signature refers to an unknown key: another process may have created it.</summary>
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

    public IReadOnlyList<PublicJwk> Public => _verifying.Values.Select(v => v.Jwk).Where(j => !_withdrawn.Contains(j.kid))
        .OrderBy(j => j.kid).ToList();

    /// <summary>Every key, newest first.</summary>
    public IReadOnlyList<SigningPeriod> Periods => _periods;

    /// <summary>How long the published keys may be cached.</summary>
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

    /// <summary>
    /// Reads all keys, including those that other processes created; creates the first one where there is none. Reads run one at a time, so
    /// that an older result never replaces a newer one.
    /// </summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var rows = await db.ReadAsync(sql => sql.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose }), ct);
        if (rows.Count == 0)
        {
            await db.WriteAsync<Done>(async tx =>
            {
                await MakeFirstAsync(tx);
                return default(Done);
            }, ct: ct);
            rows = await db.ReadAsync(sql => sql.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose }), ct);
        }
        Take(rows);
    }

    // Two nodes that start at once: the counter's row is locked until the commit, and the second one then finds the key of the first.
    private async Task MakeFirstAsync(UnitOfWork tx)
    {
        await Counters.NextAsync(tx, "signing-key");
        if ((await tx.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose })).Count == 0) await MakeAsync(tx, tx.Now);
    }

    /// <summary>Creates the next key, in the transaction of the act; call load after it. Refused while a key waits to sign.</summary>
    public async Task<Result<SigningPeriod>> RotateAsync(UnitOfWork tx)
    {
        var rows = await tx.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose });
        if (rows.FirstOrDefault(r => r.WithdrawnAt is null && r.RetiredAt > tx.Now) is { } leaving)
            return Refusal.NotAllowed("rotation_under_way", $"The next key is published and signs from {leaving.RetiredAt:u}.");
        var signsFrom = tx.Now + PublishAhead;
        // All that have no end: of one that was left, signatures would go on for ever. Another process may have been first.
        var signing = rows.Where(r => r.WithdrawnAt is null && r.RetiredAt is null).Select(r => r.Id).ToList();
        if (await tx.ExecuteAsync("KeyRecord_Retire", new { Ids = IdList.Of(signing), SignsUntil = signsFrom }) != signing.Count)
            return Refusal.Stale("Another process has made a new key.");
        return await MakeAsync(tx, signsFrom);
    }

    /// <summary>
    /// Withdraws a key, in the transaction of the act; call load after it, also where it failed. Where it was to sign, the next key signs
    /// at once, or else a new one. This process signs with the remaining keys from now on, before the commit, so that nothing is signed
    /// with the withdrawn key after it.
    /// </summary>
    public async Task<Result<KeyWithdrawal>> WithdrawAsync(UnitOfWork tx, string kid, KeyWithdrawal withdrawal)
    {
        var rows = await tx.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose });
        if (rows.FirstOrDefault(r => Kid(r) == kid) is not { } row) return Refusal.NotFound("The signing key");
        if (row.WithdrawnAt is not null)
            return Refusal.NotAllowed("key_withdrawn", $"{row.WithdrawnByName} has withdrawn this key already.");
        if (await tx.ExecuteAsync("KeyRecord_Withdraw", new { row.Id, Now = withdrawal.At, withdrawal.By, withdrawal.Reason }) == 0)
            return Refusal.Stale("Another process has withdrawn this key.");
        var signing = rows.Where(r => r.Id != row.Id && r.WithdrawnAt is null && (r.RetiredAt is null || r.RetiredAt > withdrawal.At))
            .ToList();
        if (signing.Count == 0) await MakeAsync(tx, tx.Now);
        // It was the next key: the current key keeps signing.
        else if (signing[^1].RetiredAt is not null) await tx.ExecuteAsync("KeyRecord_SignOn", new { signing[^1].Id });
        Take(await tx.QueryAsync<KeyRow>("KeyRecord_List", new { Purpose }));
        return withdrawal;
    }

    /// <summary>Whether the key was withdrawn, as far as this process knows.</summary>
    public bool IsWithdrawn(string kid) => _withdrawn.Contains(kid);

    /// <summary>Whether the key with that id signed the data. Signatures of a withdrawn key are not accepted.</summary>
    /// <param name="evenWithdrawn">Accepts a withdrawn key, for data that is also authenticated in another way.</param>
    public bool Verify(string kid, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, bool evenWithdrawn = false)
    {
        if (!_verifying.TryGetValue(kid, out var found))
        {
            UnknownKey?.Invoke();
            return false;
        }
        if (!evenWithdrawn && _withdrawn.Contains(kid)) return false;
        lock (found.Key)
            return found.Key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private async Task<SigningPeriod> MakeAsync(UnitOfWork tx, DateTimeOffset signsFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var row = new KeyRow
        {
            Id = OrderedId.Next(tx.Now),
            Purpose = Purpose,
            PublicX = WebEncoders.Base64UrlEncode(point.X!),
            PublicY = WebEncoders.Base64UrlEncode(point.Y!),
            Secret = master.Encrypt(key.ExportPkcs8PrivateKey(), Purpose),
            CreatedAt = tx.Now,
            RetiredAt = null,
        };
        await tx.ExecuteAsync("KeyRecord_Insert", row);
        return new(Jwk(row), tx.Now, signsFrom, null);
    }

    private void Take(IReadOnlyList<KeyRow> rows)
    {
        foreach (var row in rows)
        {
            var kid = Kid(row);
            if (!_verifying.ContainsKey(kid)) _verifying[kid] = (Jwk(row), OpenPublic(row));
        }
        // A key that was created in a transaction that failed.
        foreach (var gone in _verifying.Keys.Except(rows.Select(Kid))) _verifying.TryRemove(gone, out _);
        _withdrawn = [.. rows.Where(r => r.WithdrawnAt is not null).Select(Kid)];
        var now = clock.GetUtcNow();
        var known = _signers.ToDictionary(s => s.Kid);
        _signers = [.. rows.Where(r => r.WithdrawnAt is null && (r.RetiredAt is null || r.RetiredAt > now))
            .Select(r => known.TryGetValue(Kid(r), out var s) && s.Until == r.RetiredAt ? s : new Signer(
                Kid(r), OpenPrivate(r), r.RetiredAt))];
        _periods = [.. rows.Select((r, i) => PeriodOf(r, [.. rows.Take(i)])).Reverse()];
    }

    // It signs once all earlier keys have stopped signing; an earlier key that was withdrawn before its start never signed.
    private static SigningPeriod PeriodOf(KeyRow row, IReadOnlyList<KeyRow> before)
    {
        var from = before.Count == 0 ? row.CreatedAt : before.Any(b => b.RetiredAt is null)
            ? row.RetiredAt ?? row.CreatedAt : before.Max(b => b.RetiredAt)!.Value;
        if (from > row.RetiredAt) from = row.RetiredAt.Value;
        return new(Jwk(row), row.CreatedAt, from, row.RetiredAt,
            row.WithdrawnAt is { } at ? new(at, row.WithdrawnByName!, row.WithdrawReason!) : null);
    }

    private static PublicJwk Jwk(KeyRow row) => new(Kid(row), row.PublicX!, row.PublicY!);

    private static string Kid(KeyRow row) => row.Id.ToString("N");

    private ECDsa OpenPrivate(KeyRow row)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(master.Decrypt(row.Secret, Purpose), out _);
            return key;
        }
        catch (AuthenticationTagMismatchException e)
        {
            key.Dispose();
            throw new InvalidOperationException(master.OtherKey, e);
        }
    }

    private static ECDsa OpenPublic(KeyRow row) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint
        {
            X = WebEncoders.Base64UrlDecode(row.PublicX!),
            Y = WebEncoders.Base64UrlDecode(row.PublicY!)
        },
    });
}
