using System.Diagnostics;

namespace IncidentHub.Collector;

/// <summary>When to renew next: at the regular time, or earlier after an event.</summary>
internal sealed class RenewalPace
{
    private static readonly TimeSpan MaxSpread = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _changed = new(0);
    private long _askedFor = long.MaxValue;

    /// <summary>
    /// Schedules a renewal at a random time within this interval, so that collectors that received one event do not renew together.
    /// </summary>
    public void AskWithin(TimeSpan spread)
    {
        // Not before a tenth of it: all collectors receive the event before they renew.
        var wait = (0.1 + 0.9 * Random.Shared.NextDouble()) * Math.Clamp(spread.TotalSeconds, 0, MaxSpread.TotalSeconds);
        var at = Stopwatch.GetTimestamp() + (long)(wait * Stopwatch.Frequency);
        // The earliest request applies.
        for (var seen = Volatile.Read(ref _askedFor); at < seen; seen = Volatile.Read(ref _askedFor))
        {
            if (Interlocked.CompareExchange(ref _askedFor, at, seen) == seen) break;
        }
        _changed.Release();
    }

    /// <summary>Returns after this time, or earlier after an event, or on cancellation without throwing.</summary>
    public async Task WaitAsync(TimeSpan usual, CancellationToken ct)
    {
        var due = Stopwatch.GetTimestamp() + (long)(usual.TotalSeconds * Stopwatch.Frequency);
        while (!ct.IsCancellationRequested)
        {
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Math.Min(due, Volatile.Read(ref _askedFor)));
            if (left <= TimeSpan.Zero) break;
            await ((Task)_changed.WaitAsync(left, ct)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Volatile.Write(ref _askedFor, long.MaxValue);
    }
}
