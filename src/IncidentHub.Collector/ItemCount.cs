namespace IncidentHub.Collector;

/// <summary>
/// Numbers the items of one program: each number once, also over restarts. A block of numbers is stored before its first number is used;
/// the rest of a block is skipped after a restart.
/// </summary>
/// <param name="used">The highest number that may have been used before.</param>
/// <param name="reserve">Stores that numbers up to this one may be used; throws where it cannot.</param>
internal sealed class ItemCount(long used, Action<long> reserve)
{
    /// <summary>The number of items per write to disk.</summary>
    internal const long Block = 10_000;

    private readonly Lock _reserving = new();
    private long _last = used;
    private long _reserved = used;

    /// <summary>No number above this one was ever used.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>False where no number is available: the item must be discarded.</summary>
    public bool TryNext(out long number)
    {
        number = Interlocked.Increment(ref _last);
        return number <= Interlocked.Read(ref _reserved) || TryReserve(number);
    }

    private bool TryReserve(long number)
    {
        lock (_reserving)
        {
            if (number <= _reserved) return true;
            try
            {
                reserve(number + Block - 1);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A full disk: numbers that were not stored might be used again.
                return false;
            }
            Interlocked.Exchange(ref _reserved, number + Block - 1);
            return true;
        }
    }
}
