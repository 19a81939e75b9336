using System.Collections.Concurrent;

namespace IncidentHub.Platform.Concurrency;

/// <summary>
/// Keeps what was read for a while. When its time is over, one reader reads again and the others go on with what is kept. What was read
/// while something was forgotten may be of before: it is used once, and not kept.
/// </summary>
/// <param name="keepFor">How old what is kept may be.</param>
internal sealed class ReadCache<TKey, TValue>(TimeProvider clock, TimeSpan keepFor)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private long _forgettings;

    /// <param name="read">Reads it; null where there is no such thing, which is not kept.</param>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<TKey, CancellationToken, Task<TValue?>> read, CancellationToken ct = default)
    {
        if (_entries.TryGetValue(key, out var kept) && !IsMyTurn(kept)) return kept.Value;
        var (forgettings, at) = (Interlocked.Read(ref _forgettings), clock.GetTimestamp());
        var found = await read(key, ct);
        if (found is null) _entries.TryRemove(key, out _);
        else if (forgettings == Interlocked.Read(ref _forgettings)) _entries[key] = new(found, at);
        return found;
    }

    /// <summary>Whether it was found before, and not forgotten since.</summary>
    public bool Has(TKey key) => _entries.ContainsKey(key);

    public void Forget(TKey key)
    {
        // Counted first: what a reader found before is not kept after it.
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
        var readAt = Volatile.Read(ref kept.ReadAt);
        return clock.GetElapsedTime(readAt) >= keepFor
            && Interlocked.CompareExchange(ref kept.ReadAt, clock.GetTimestamp(), readAt) == readAt;
    }

    private sealed class Entry(TValue value, long readAt)
    {
        public readonly TValue Value = value;
        public long ReadAt = readAt;
    }
}
