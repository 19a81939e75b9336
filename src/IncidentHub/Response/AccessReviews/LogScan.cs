using System.Text;
using IncidentHub.Domain.AccessReviews;

namespace IncidentHub.Response.AccessReviews;

/// <summary>
/// Reads a log against the promised audience. What it keeps grows with the accounts, not with the rows; the accesses of those outside of
/// the audience leave it in chunks. Between two rows its state can be stored, and another scan goes on from there.
/// </summary>
internal sealed class LogScan
{
    private readonly LogTime _time;
    private readonly AudienceList _audience;
    private readonly Pattern[] _objects, _services;
    private readonly LogPresence _presence;
    private readonly Utf8Map<Entry> _known = new();
    private readonly Dictionary<string, Entry> _byAccount = [];
    private readonly long[] _refused = new long[Enum.GetValues<RefusedReason>().Length];
    private readonly List<RefusedRow> _firstRefused = [];
    private readonly AccessChunk _chunk = new();
    private readonly List<Entry> _outside = [];
    private long _rows, _inside, _otherObjects, _outsideWindow, _first = long.MaxValue, _last = long.MinValue;
    private int _chunks;

    public LogScan(ReviewSettings settings, AudienceList audience, ScanState? state)
    {
        var mapping = settings.Mapping;
        _time = new(mapping.Times, mapping.Zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(mapping.Zone));
        _audience = audience;
        _objects = [.. settings.Objects.Select(o => new Pattern(o))];
        _services = [.. settings.Services.Select(s => new Pattern(s))];
        _presence = new(settings.From, settings.Until, TimeSpan.FromMinutes(settings.GapMinutes));
        if (state is not null) Restore(state);
    }

    public long Rows => _rows;

    /// <summary>Accesses that are in no chunk yet, in bytes.</summary>
    public int Waiting => _chunk.Length;

    /// <summary>The accounts outside of the audience, by their number.</summary>
    public IReadOnlyList<Entry> Outside => _outside;

    /// <summary>Counts the current row.</summary>
    public void Add(LogRows row) => Add(row, row.Fault, row.Time, row.Account, row.Object, row.Action);

    /// <summary>The same without a virtual call for each value, which ten million rows would feel.</summary>
    public void Add(CsvRows row) => Add(row, row.Fault, row.Time, row.Account, row.Object, row.Action);

    private void Add(LogRows row, RefusedReason fault, ReadOnlySpan<byte> time, ReadOnlySpan<byte> account, ReadOnlySpan<byte> about,
        ReadOnlySpan<byte> action)
    {
        _rows++;
        var ticks = 0L;
        if (fault == RefusedReason.None) fault = _time.TryRead(time, out ticks);
        if (fault == RefusedReason.None && account.IsEmpty) fault = RefusedReason.NoAccount;
        if (fault != RefusedReason.None)
        {
            Refuse(row, fault);
            return;
        }
        if (ticks < _first) _first = ticks;
        if (ticks > _last) _last = ticks;
        if (!_presence.Add(ticks))
        {
            _outsideWindow++;
            return;
        }
        if (_objects.Length > 0)
        {
            if (about.IsEmpty)
            {
                Refuse(row, RefusedReason.NoObject);
                return;
            }
            if (!Matches(_objects, about))
            {
                _otherObjects++;
                return;
            }
        }
        var entry = _known.Find(account) ?? Know(account);
        if (entry.IsMemberAt(ticks))
        {
            _inside++;
            return;
        }
        if (entry.Number < 0)
        {
            entry.Number = _outside.Count;
            entry.FirstChunk = _chunks;
            _outside.Add(entry);
        }
        entry.Count(ticks, _chunks);
        _chunk.Add(entry.Number, ticks, _rows, about, action);
    }

    /// <summary>Takes the accesses that wait as a chunk with the next number; null where there are none.</summary>
    public (int Ordinal, int Accesses, string Data)? TakeChunk()
    {
        if (_chunk.Count == 0) return null;
        var count = _chunk.Count;
        return (_chunks++, count, _chunk.Take());
    }

    /// <summary>The state before the next row; the chunks were taken.</summary>
    public ScanState State(LogPlace place)
    {
        var (first, last) = _presence.State;
        var parts = Enumerable.Range(0, first.Length).Where(i => first[i] != 0).ToArray();
        return new()
        {
            Place = place,
            Rows = _rows,
            Inside = _inside,
            OtherObjects = _otherObjects,
            OutsideWindow = _outsideWindow,
            First = _first,
            Last = _last,
            Refused = [.. _refused],
            FirstRefused = [.. _firstRefused],
            Parts = parts,
            PartFirst = [.. parts.Select(i => first[i])],
            PartLast = [.. parts.Select(i => last[i])],
            Accounts = [.. _outside.Select(e => new ScanAccount(e.Account, e.Accesses, e.First, e.Last, e.FirstChunk, e.LastChunk))],
            Chunks = _chunks,
        };
    }

    public ReviewResult Result(string logDigest)
    {
        var gaps = _presence.Gaps();
        var (services, people) = (_outside.Where(e => e.IsService).ToList(), _outside.Where(e => !e.IsService).ToList());
        return new(_rows, _inside, _otherObjects, _outsideWindow,
            [.. Enum.GetValues<RefusedReason>().Where(r => _refused[(int)r] > 0).Select(r => new RefusedCount(r, _refused[(int)r]))],
            [.. _firstRefused], Time(_first), Time(_last), gaps.Count,
            [.. gaps.OrderByDescending(g => g.Until - g.From).Take(ReviewResult.MaxGaps)],
            people.Count, people.Sum(e => e.Accesses), services.Count, services.Sum(e => e.Accesses), logDigest);
    }

    private static DateTimeOffset? Time(long ticks) => ticks is long.MaxValue or long.MinValue ? null : new(ticks, TimeSpan.Zero);

    private void Refuse(LogRows row, RefusedReason reason)
    {
        _refused[(int)reason]++;
        if (_firstRefused.Count < ReviewResult.MaxRefused) _firstRefused.Add(new(_rows, row.Line, reason));
    }

    private static bool Matches(Pattern[] patterns, ReadOnlySpan<byte> text)
    {
        foreach (var pattern in patterns) if (pattern.Matches(text)) return true;
        return false;
    }

    // One account may be written in several ways.
    private Entry Know(ReadOnlySpan<byte> raw)
    {
        var account = AudienceList.Fold(Encoding.UTF8.GetString(raw));
        if (!_byAccount.TryGetValue(account, out var entry))
        {
            entry = new(account, _audience.TimesOf(account), Matches(_services, Encoding.UTF8.GetBytes(account)));
            _byAccount[account] = entry;
        }
        _known.Add(raw, entry);
        return entry;
    }

    private void Restore(ScanState state)
    {
        (_rows, _inside, _otherObjects, _outsideWindow) = (state.Rows, state.Inside, state.OtherObjects, state.OutsideWindow);
        (_first, _last, _chunks) = (state.First, state.Last, state.Chunks);
        state.Refused.CopyTo(_refused, 0);
        _firstRefused.AddRange(state.FirstRefused);
        var (first, last) = _presence.State;
        for (var i = 0; i < state.Parts.Length; i++)
            (first[state.Parts[i]], last[state.Parts[i]]) = (state.PartFirst[i], state.PartLast[i]);
        foreach (var a in state.Accounts)
        {
            var entry = Know(Encoding.UTF8.GetBytes(a.Account));
            entry.Restore(_outside.Count, a);
            _outside.Add(entry);
        }
    }

    /// <summary>An account of the log.</summary>
    internal sealed class Entry(string account, (long From, long Until)[]? times, bool isService)
    {
        public string Account => account;

        public bool IsService => isService;

        /// <summary>Among those outside of the audience; negative for one that was not.</summary>
        public int Number { get; set; } = -1;

        public long Accesses { get; private set; }

        public long First { get; private set; } = long.MaxValue;

        public long Last { get; private set; } = long.MinValue;

        public int FirstChunk { get; set; }

        public int LastChunk { get; private set; }

        public bool IsMemberAt(long ticks)
        {
            if (times is null) return false;
            foreach (var (from, until) in times) if (ticks >= from && ticks < until) return true;
            return false;
        }

        public void Count(long ticks, int chunk)
        {
            Accesses++;
            if (ticks < First) First = ticks;
            if (ticks > Last) Last = ticks;
            LastChunk = chunk;
        }

        public void Restore(int number, ScanAccount state) => (Number, Accesses, First, Last, FirstChunk, LastChunk) =
            (number, state.Accesses, state.First, state.Last, state.FirstChunk, state.LastChunk);
    }
}

/// <summary>The state of a scan between two rows.</summary>
internal sealed record ScanState
{
    public required LogPlace Place { get; init; }
    public required long Rows { get; init; }
    public required long Inside { get; init; }
    public required long OtherObjects { get; init; }
    public required long OutsideWindow { get; init; }
    public required long First { get; init; }
    public required long Last { get; init; }
    public required long[] Refused { get; init; }
    public required RefusedRow[] FirstRefused { get; init; }

    /// <summary>See <see cref="LogPresence.State"/>: those parts of the window that have a row.</summary>
    public required int[] Parts { get; init; }
    public required long[] PartFirst { get; init; }
    public required long[] PartLast { get; init; }
    public required ScanAccount[] Accounts { get; init; }
    public required int Chunks { get; init; }
}

internal sealed record ScanAccount(string Account, long Accesses, long First, long Last, int FirstChunk, int LastChunk);
