using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>
/// Published authentication: finds the key that a request presents. Results are cached, because each key is presented many times a second,
/// and reloaded every ten seconds, so that a key revoked on another node ends here within that time. Revoking invalidates the cache at once
/// on this node; expiry is compared each time.
/// </summary>
internal sealed class ApiKeyAuthentication(Db db, TimeProvider clock)
{
    /// <summary>The prefix of every key.</summary>
    public const string Prefix = "ihk_";

    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromMinutes(1);
    private readonly ReadCache<string, KnownKey> _kept = new(clock, TimeSpan.FromSeconds(10));

    /// <summary>
    /// The secret that the request presents as <c>Authorization: Bearer</c> or <c>X-API-Key</c>, where it has the form of a key.
    /// </summary>
    public static string? SecretOf(HttpRequest request) => Secrets.Shown(request, Prefix);

    /// <summary>The key that the request presents; null where there is none, or one that is unknown, revoked or expired.</summary>
    public async ValueTask<KnownKey?> FindAsync(HttpRequest request, CancellationToken ct)
    {
        if (SecretOf(request) is not { } secret) return null;
        var key = await _kept.GetAsync(Secrets.Hash(secret), ReadAsync, ct);
        return key is not null && key.ExpiresAt > clock.GetUtcNow() ? key : null;
    }

    /// <summary>Whether the key is cached: this process found it before, and it was not revoked here since.</summary>
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
