namespace IncidentHub.Collector;

/// <summary>
/// Numbers the items of one program: each number once, over restarts too. Blocks of numbers are written down before the first of them is
/// used; what was left of a block when the process ended is skipped.
/// </summary>
/// <param name="used">Up to here numbers may have been used before.</param>
/// <param name="reserve">Writes down that numbers up to this one may be used; throws where it cannot.</param>
internal sealed class ItemCount(long used, Action<long> reserve)
{
    /// <summary>One write to disk for so many items.</summary>
    internal const long Block = 10_000;

    private readonly Lock _reserving = new();
    private long _last = used;
    private long _reserved = used;

    /// <summary>No number above this one was ever used.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>False where no number could be had: the item is to be discarded.</summary>
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
                // A full disk: numbers that nobody wrote down might be used again.
                return false;
            }
            Interlocked.Exchange(ref _reserved, number + Block - 1);
            return true;
        }
    }
}
