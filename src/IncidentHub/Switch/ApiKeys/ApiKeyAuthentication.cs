using System.Collections.Concurrent;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>
/// Published authentication: finds the key that a request presents. Results are cached, because each key is presented many times a second.
/// Revoking and rotating invalidate the cache at once on this node; no node uses a result that is older than five seconds, so that a key
/// revoked on another one ends here within that time. Expiry and network are compared each time.
/// </summary>
internal sealed class ApiKeyAuthentication(Db db, MachineClients machines, TimeProvider clock)
{
    /// <summary>The prefix of every key.</summary>
    public const string Prefix = "ihk_";

    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromMinutes(1);
    private readonly ReadCache<string, KnownKey> _kept = new(clock, TimeSpan.FromSeconds(4), atMost: TimeSpan.FromSeconds(5));
    private readonly ConcurrentDictionary<Guid, long> _noted = new();

    /// <summary>
    /// The secret that the request presents as <c>Authorization: Bearer</c> or <c>X-API-Key</c>, where it has the form of a key.
    /// </summary>
    public static string? SecretOf(HttpRequest request) => Secrets.Shown(request, Prefix);

    /// <summary>
    /// The key that the request presents; null where there is none, or one that is unknown, revoked, expired or bound to other networks.
    /// An access token of a machine client counts as a key with what the configuration gives that client.
    /// </summary>
    public async ValueTask<KnownKey?> FindAsync(HttpRequest request, CancellationToken ct)
    {
        if (SecretOf(request) is not { } secret) return await machines.FindAsync(request.HttpContext, ct);
        // Looked up once a request: middleware, authentication and endpoints ask.
        var features = request.HttpContext.Features;
        if (features.Get<Lookup>() is { } before) return before.Key;
        var key = await UsableAsync(secret, request, ct);
        features.Set(new Lookup(key));
        return key;
    }

    private async ValueTask<KnownKey?> UsableAsync(string secret, HttpRequest request, CancellationToken ct)
    {
        var key = await _kept.GetAsync(
            Secrets.Hash(secret), (hash, stop) => db.ReadAsync(sql => ApiKeyReader.ByHashAsync(sql, hash), stop), ct);
        if (key is null || key.ExpiresAt <= clock.GetUtcNow()
            || !key.IsUsableFrom(request.HttpContext.Connection.RemoteIpAddress)) return null;
        if (IsUseToNote(key.Id)) await NoteUseAsync(key, ct);
        return key;
    }

    /// <summary>Whether the key is cached: this process found it before, and it was not revoked here since.</summary>
    public bool Knows(string secret) => _kept.Has(Secrets.Hash(secret));

    public void Forget(Guid keyId) => _kept.Forget(k => k.Id == keyId);

    private sealed record Lookup(KnownKey? Key);

    // Once a minute for each key, by one of the requests.
    private bool IsUseToNote(Guid keyId)
    {
        var now = clock.GetTimestamp();
        if (!_noted.TryGetValue(keyId, out var at)) return _noted.TryAdd(keyId, now);
        return clock.GetElapsedTime(at, now) >= NoteUseEvery && _noted.TryUpdate(keyId, now, at);
    }

    // Another process may have noted one within the minute.
    private Task NoteUseAsync(KnownKey key, CancellationToken ct) => db.WriteAsync<Done>(
        async tx =>
        {
            await tx.ExecuteAsync("ApiKey_Used", new { key.Id, tx.Now, Before = tx.Now - NoteUseEvery });
            return default(Done);
        },
        ct: ct);
}
