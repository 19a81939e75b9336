namespace IncidentHub.Collector;

/// <summary>Holds the permit of one program. The renewal loop swaps permits; any thread of the recorder reads.</summary>
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

    /// <summary>The last permit, expired or not: acknowledgements refer to it.</summary>
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
        // Read before the check: if the gate closes in between, the check after fails.
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
    /// Applies a new permit. Acts in progress are kept only where permits followed each other without a gap and nothing was narrowed.
    /// </summary>
    public void Open(Permit next)
    {
        lock (_swap)
        {
            Last = next;
            // Requested before the announcement: the response may be older, too. A later one is signed, and applies whatever was announced.
            if (next.Epoch < _closedBelow && next.SentAt <= _announcedAt) return;
            var was = _permit;
            var gapless = was is not null && Why(was) == GateReason.Permitted && was.Categories.All(next.Categories.Contains);
            if (!gapless) Interlocked.Increment(ref _closings);
            if (was is not null && !was.Categories.All(next.Categories.Contains)) StoppedAt = boot.Nanoseconds;
            Epoch = next.Epoch;
            Volatile.Write(ref _permit, next);
        }
    }

    /// <summary>Closes at once. An act in progress is discarded by its second check.</summary>
    public void Close(GateReason reason, long? epoch = null)
    {
        lock (_swap)
        {
            Shut(reason);
            Epoch = epoch ?? Epoch;
        }
    }

    /// <summary>
    /// An unsigned announcement that permits below this epoch may be void: an older permit closes the gate until a renewal that is
    /// requested afterwards succeeds. Closing is the safe direction; an announcement never opens the gate.
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

/// <summary>A permit as used by the gate. Its life is counted from when its request was sent, never by a wall clock.</summary>
/// <param name="SentAt">Suspend-proof nanoseconds when the request was sent.</param>
/// <param name="SentWallTicks">Wall clock ticks (UTC) at that time.</param>
/// <param name="Life">exp − iat, in nanoseconds.</param>
internal sealed record Permit(string Token, string Jti, long Epoch, string[] Categories, long SentAt, long SentWallTicks, long Life);
