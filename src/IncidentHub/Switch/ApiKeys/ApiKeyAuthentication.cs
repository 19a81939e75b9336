using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>
/// Published authentication: finds the key that a request shows. What was found is kept, because each comes back many times a second; it is
/// read again every ten seconds, so a key revoked on another node ends there within that. Revoking forgets it at once on this node; expiry
/// is compared each time.
/// </summary>
internal sealed class ApiKeyAuthentication(Db db, TimeProvider clock)
{
    /// <summary>Every key begins so.</summary>
    public const string Prefix = "ihk_";

    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromMinutes(1);
    private readonly ReadCache<string, KnownKey> _kept = new(clock, TimeSpan.FromSeconds(10));

    /// <summary>The secret that the request shows as <c>Authorization: Bearer</c> or <c>X-API-Key</c>, where it looks like a key.</summary>
    public static string? SecretOf(HttpRequest request) => Secrets.Shown(request, Prefix);

    /// <summary>The key that the request shows; null where it shows none, or one that is unknown, revoked or expired.</summary>
    public async ValueTask<KnownKey?> FindAsync(HttpRequest request, CancellationToken ct)
    {
        if (SecretOf(request) is not { } secret) return null;
        var key = await _kept.GetAsync(Secrets.Hash(secret), ReadAsync, ct);
        return key is not null && key.ExpiresAt > clock.GetUtcNow() ? key : null;
    }

    /// <summary>Whether this process has found such a key before, and it was not revoked here since.</summary>
    public bool Knows(string secret) => _kept.Has(Secrets.Hash(secret));

    public void Forget(Guid keyId) => _kept.Forget(k => k.Id == keyId);

    private async Task<KnownKey?> ReadAsync(string hash, CancellationToken ct)
    {
        if (await db.ReadAsync(sql => ApiKeyReader.ByHashAsync(sql, hash), ct) is not var (key, lastUsedAt)) return null;
        if (!(clock.GetUtcNow() - lastUsedAt < NoteUseEvery)) await NoteUseAsync(key, ct);
        return key;
    }

    private Task NoteUseAsync(KnownKey key, CancellationToken ct) => db.WriteAsync<Done>(
        async tx =>
        {
            await tx.ExecuteAsync("ApiKey_Used", new { key.Id, tx.Now });
            return default(Done);
        },
        ct: ct);
}
