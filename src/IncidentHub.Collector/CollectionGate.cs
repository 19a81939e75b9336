namespace IncidentHub.Collector;

/// <summary>Holds the permit of one program. The renewal loop swaps permits; any thread of the recorder asks.</summary>
/// <param name="count">Numbers the items; kept over restarts where the client made it.</param>
internal sealed class CollectionGate(string program, BootClock boot, TimeProvider wall, TimeSpan maxDrift, ItemCount? count = null)
    : ICollectionGate
{
    private readonly ItemCount _count = count ?? new(0, _ => { });
    private readonly long _maxDriftTicks = maxDrift.Ticks;
    private readonly Lock _swap = new();
    private Permit? _permit;
    private GateReason _closedBecause = GateReason.Starting;
    private long _closings;
    private long _lastCollected;
    private long _announcedAt, _closedBelow;

    public string Program => program;

    /// <summary>The permit held last, expired or not: acknowledgements rest on it.</summary>
    public Permit? Last { get; private set; }

    public long Epoch { get; private set; }

    public long Sequence => _count.Last;

    /// <summary>When the gate was last closed or narrowed, on the suspend-proof clock.</summary>
    public long StoppedAt { get; private set; }

    /// <summary>When an item was last kept, on the suspend-proof clock; 0 for never.</summary>
    public long LastCollected => Interlocked.Read(ref _lastCollected);

    public GateStatus Status
    {
        get
        {
            var permit = Volatile.Read(ref _permit);
            if (permit is null) return new(false, _closedBecause, [], Epoch);
            var why = Why(permit);
            return new(why == GateReason.Permitted, why, why == GateReason.Permitted ? permit.Categories : [], permit.Epoch);
        }
    }

    public bool MayCollect(string category)
    {
        var permit = Volatile.Read(ref _permit);
        if (permit is null || Why(permit) != GateReason.Permitted) return false;
        foreach (var allowed in permit.Categories)
        {
            if (string.Equals(allowed, category)) return true;
        }
        return false;
    }

    public CollectionAct Begin(string category)
    {
        // Read before the check: a closing in between fails the check after.
        var closings = Interlocked.Read(ref _closings);
        return MayCollect(category) ? new CollectionAct(this, category, closings) : default;
    }

    internal bool Keep(string category, long closings, out long sequence)
    {
        sequence = 0;
        if (!MayCollect(category) || Interlocked.Read(ref _closings) != closings || !_count.TryNext(out sequence)) return false;
        Interlocked.Exchange(ref _lastCollected, boot.Nanoseconds);
        return true;
    }

    /// <summary>
    /// Takes a new permit. Acts under way survive only where permits followed each other without a gap and nothing was narrowed.
    /// </summary>
    public void Open(Permit next)
    {
        lock (_swap)
        {
            Last = next;
            // Asked for before the announcement: the answer may be of before, too. A later one is signed, and counts whatever was
            // announced.
            if (next.Epoch < _closedBelow && next.SentAt <= _announcedAt) return;
            var was = _permit;
            var gapless = was is not null && Why(was) == GateReason.Permitted && was.Categories.All(next.Categories.Contains);
            if (!gapless) Interlocked.Increment(ref _closings);
            if (was is not null && !was.Categories.All(next.Categories.Contains)) StoppedAt = boot.Nanoseconds;
            Epoch = next.Epoch;
            Volatile.Write(ref _permit, next);
        }
    }

    /// <summary>Closes at once. Whatever act is under way is discarded by its second check.</summary>
    public void Close(GateReason reason, long? epoch = null)
    {
        lock (_swap)
        {
            Shut(reason);
            Epoch = epoch ?? Epoch;
        }
    }

    /// <summary>
    /// The hub says, without a signature, that permits below this epoch may be void: a permit of before closes until a renewal that was
    /// asked for after this moment answers. Closing is the safe direction; nothing that is said here opens anything.
    /// </summary>
    public void Announced(long closedBelow)
    {
        lock (_swap)
        {
            _announcedAt = boot.Nanoseconds;
            _closedBelow = closedBelow;
            if (_permit is { } held && held.Epoch < closedBelow) Shut(GateReason.Announced);
        }
    }

    private void Shut(GateReason reason)
    {
        if (_permit is not null) StoppedAt = boot.Nanoseconds;
        Volatile.Write(ref _permit, null);
        _closedBecause = reason;
        Interlocked.Increment(ref _closings);
    }

    private GateReason Why(Permit permit)
    {
        var sinceSent = boot.Nanoseconds - permit.SentAt;
        if (sinceSent >= permit.Life) return GateReason.PermitExpired;
        var drift = wall.GetUtcNow().UtcTicks - permit.SentWallTicks - sinceSent / 100;
        return drift > _maxDriftTicks || drift < -_maxDriftTicks ? GateReason.ClockDrift : GateReason.Permitted;
    }
}

/// <summary>
/// A permit as the gate needs it. Its life is counted from the moment the request for it was sent, never from what a wall clock says.
/// </summary>
/// <param name="SentAt">Suspend-proof nanoseconds when the request was sent.</param>
/// <param name="SentWallTicks">Wall clock ticks (UTC) at that moment.</param>
/// <param name="Life">exp − iat, in nanoseconds.</param>
internal sealed record Permit(string Token, string Jti, long Epoch, string[] Categories, long SentAt, long SentWallTicks, long Life);
