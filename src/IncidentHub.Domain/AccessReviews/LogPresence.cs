namespace IncidentHub.Domain.AccessReviews;

/// <summary>A time without any row.</summary>
public sealed record LogGap(DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// Finds the times within a window in which a log has no row for longer than a given length, whatever the order of its rows. Time is
/// divided into parts of that length: two rows with a longer time between them are in different parts, so the first and the last row of
/// each part suffice.
/// </summary>
public sealed class LogPresence
{
    public const int MaxParts = 500_000;

    private readonly long _from, _until, _longest;
    private readonly long[] _first, _last;
    private long _part, _partStart, _partEnd;

    public LogPresence(DateTimeOffset from, DateTimeOffset until, TimeSpan longest)
    {
        (_from, _until, _longest) = (from.UtcTicks, until.UtcTicks, longest.Ticks);
        var parts = checked((int)Math.Min(MaxParts + 1L, ((_until - _from) / _longest) + 1));
        if (parts > MaxParts) throw new ArgumentOutOfRangeException(nameof(longest), longest, "Too short for the window.");
        (_first, _last) = (new long[parts], new long[parts]);
    }

    /// <summary>First and last row of each part, as ticks after the start and one more; 0 for none. For a checkpoint.</summary>
    public (long[] First, long[] Last) State => (_first, _last);

    /// <summary>A row at that time; one outside of the window does not count.</summary>
    public bool Add(long ticks)
    {
        if (ticks < _from || ticks > _until) return false;
        // Most rows are in the part of the one before.
        if (ticks < _partStart || ticks >= _partEnd)
        {
            _part = (ticks - _from) / _longest;
            _partStart = _from + (_part * _longest);
            _partEnd = _partStart + _longest;
        }
        ref var first = ref _first[_part];
        ref var last = ref _last[_part];
        var after = ticks - _from + 1;
        if (first == 0 || after < first) first = after;
        if (after > last) last = after;
        return true;
    }

    public IReadOnlyList<LogGap> Gaps()
    {
        var (gaps, before) = (new List<LogGap>(), _from);
        for (var i = 0; i < _first.Length; i++)
        {
            if (_first[i] == 0) continue;
            Between(before, _from + _first[i] - 1);
            before = _from + _last[i] - 1;
        }
        Between(before, _until);
        return gaps;

        void Between(long from, long until)
        {
            if (until - from > _longest) gaps.Add(new(new(from, TimeSpan.Zero), new(until, TimeSpan.Zero)));
        }
    }
}
