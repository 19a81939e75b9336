using System.Collections.Concurrent;

namespace IncidentHub.Platform.Concurrency;

/// <summary>
/// Caches values for a limited time. When a value expires, one reader reloads it and the others continue with the cached one. A value that
/// was read while an entry was invalidated may be outdated: it is returned once and not cached.
/// </summary>
/// <param name="keepFor">The age at which a cached value is read again.</param>
/// <param name="atMost">The age above which it is not returned any more, also not while it is read; null: no limit.</param>
internal sealed class ReadCache<TKey, TValue>(TimeProvider clock, TimeSpan keepFor, TimeSpan? atMost = null)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private long _forgettings;

    /// <param name="read">Reads the value; null where it does not exist, which is not cached.</param>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<TKey, CancellationToken, Task<TValue?>> read, CancellationToken ct = default)
    {
        if (_entries.TryGetValue(key, out var kept) && !IsMyTurn(kept)) return kept.Value;
        var (forgettings, at) = (Interlocked.Read(ref _forgettings), clock.GetTimestamp());
        var found = await read(key, ct);
        if (found is null) _entries.TryRemove(key, out _);
        else if (forgettings == Interlocked.Read(ref _forgettings)) _entries[key] = new(found, at);
        return found;
    }

    /// <summary>Whether the value is cached.</summary>
    public bool Has(TKey key) => _entries.ContainsKey(key);

    public void Forget(TKey key)
    {
        // Incremented first: a value that was read before is not cached afterwards.
        Interlocked.Increment(ref _forgettings);
        _entries.TryRemove(key, out _);
    }

    public void Forget(Func<TValue, bool> which)
    {
        Interlocked.Increment(ref _forgettings);
        foreach (var (key, kept) in _entries)
        {
            if (which(kept.Value)) _entries.TryRemove(key, out _);
        }
    }

    private bool IsMyTurn(Entry kept)
    {
        if (atMost is { } limit && clock.GetElapsedTime(kept.LoadedAt) > limit) return true;
        var readAt = Volatile.Read(ref kept.ReadAt);
        return clock.GetElapsedTime(readAt) >= keepFor
            && Interlocked.CompareExchange(ref kept.ReadAt, clock.GetTimestamp(), readAt) == readAt;
    }

    private sealed class Entry(TValue value, long readAt)
    {
        public readonly TValue Value = value;
        public readonly long LoadedAt = readAt;
        public long ReadAt = readAt;
    }
}
