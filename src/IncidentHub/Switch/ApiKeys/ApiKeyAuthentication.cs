using System.Collections.Concurrent;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>
/// Published authentication: finds the key that a request shows. What was found is kept, because each comes back many times a second; it is
/// read again
/// every ten seconds, so a key revoked on another node ends there within that. Revoking forgets it at once on this node; expiry is compared
/// each time.
/// </summary>
internal sealed class ApiKeyAuthentication(Db db, TimeProvider clock)
{
    /// <summary>Every key made now begins so.</summary>
    public const string Prefix = "ihk_";

    // Enrolment keys of before there were scopes.
    private const string OldEnrolmentPrefix = "ihe_";
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(10), NoteUseEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _forgotten;

    private sealed class Kept(KnownKey key, long readAt)
    {
        public readonly KnownKey Key = key;
        public long ReadAt = readAt;
    }

    /// <summary>The secret that the request shows as <c>Authorization: Bearer</c> or <c>X-API-Key</c>, where it looks like a key.</summary>
    public static string? SecretOf(HttpRequest request) => Secrets.Shown(request, Prefix, OldEnrolmentPrefix);

    /// <summary>The key that the request shows; null where it shows none, or one that is unknown, revoked or expired.</summary>
    public async ValueTask<KnownKey?> FindAsync(HttpRequest request, CancellationToken ct)
    {
        if (SecretOf(request) is not { } secret) return null;
        var hash = Secrets.Hash(secret);
        var key = _kept.TryGetValue(hash, out var kept) && !IsMyTurn(kept) ? kept.Key : await ReadAsync(hash, ct);
        return key is not null && key.ExpiresAt > clock.GetUtcNow() ? key : null;
    }

    /// <summary>Whether this process has found such a key before, and it was not revoked here since.</summary>
    public bool Knows(string secret) => _kept.ContainsKey(Secrets.Hash(secret));

    public void Forget(Guid keyId)
    {
        // Counted first: what a reader found before the revocation is not kept after it.
        Interlocked.Increment(ref _forgotten);
        foreach (var (hash, kept) in _kept)
        {
            if (kept.Key.Id == keyId) _kept.TryRemove(hash, out _);
        }
    }

    // Of those who come when it is due, one reads again; the others go on with what is kept.
    private bool IsMyTurn(Kept kept)
    {
        var readAt = Volatile.Read(ref kept.ReadAt);
        return clock.GetElapsedTime(readAt) >= ReadAgainAfter
            && Interlocked.CompareExchange(ref kept.ReadAt, clock.GetTimestamp(), readAt) == readAt;
    }

    private async Task<KnownKey?> ReadAsync(string hash, CancellationToken ct)
    {
        var (forgotten, at) = (Interlocked.Read(ref _forgotten), clock.GetTimestamp());
        if (await db.ReadAsync(sql => ApiKeyReader.ByHashAsync(sql, hash), ct) is not var (key, lastUsedAt))
        {
            _kept.TryRemove(hash, out _);
            return null;
        }
        if (forgotten == Interlocked.Read(ref _forgotten)) _kept[hash] = new(key, at);
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
