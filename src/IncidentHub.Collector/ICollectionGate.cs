namespace IncidentHub.Collector;

/// <summary>What a recorder asks before and after each act. It fails closed: without an unexpired permit the answer is no.</summary>
public interface ICollectionGate
{
    string Program { get; }

    /// <summary>Whether this category may be collected at this very moment. Under 100 ns, allocates nothing.</summary>
    bool MayCollect(string category);

    /// <summary>
    /// Begins an act of collecting. Capture only where <see cref="CollectionAct.Allowed"/>, and keep what was captured only where
    /// <see cref="CollectionAct.Keep()"/> says so.
    /// </summary>
    CollectionAct Begin(string category);

    /// <summary>What the gate says now, and why.</summary>
    GateStatus Status { get; }
}

/// <summary>Why a gate is open or closed.</summary>
public enum GateReason
{
    /// <summary>A permit is held.</summary>
    Permitted,

    /// <summary>No answer of the hub yet.</summary>
    Starting,

    /// <summary>The last permit ran out before the hub gave another.</summary>
    PermitExpired,

    /// <summary>A signed stop notice: the program is paused.</summary>
    Paused,

    /// <summary>A signed stop notice: the program was ended for good.</summary>
    Terminated,

    /// <summary>The hub gives no permit for another reason, for example a program that is not live.</summary>
    NotPermitted,

    /// <summary>Wall clock and suspend-proof clock ran apart within one permit.</summary>
    ClockDrift,

    /// <summary>The hub has announced a change. Closed until it has answered what is allowed now.</summary>
    Announced,

    /// <summary>The hub knows an older epoch than this collector has seen: a restored backup may not reopen what was paused.</summary>
    EpochWentBack,
}

/// <summary>The gate's answer in words for a log.</summary>
/// <param name="Categories">What may be collected; empty while closed.</param>
public sealed record GateStatus(bool IsOpen, GateReason Reason, IReadOnlyList<string> Categories, long Epoch);

/// <summary>One act of collecting, checked before and after.</summary>
public readonly struct CollectionAct
{
    private readonly CollectionGate? _gate;
    private readonly string _category;
    private readonly long _closings;

    internal CollectionAct(CollectionGate gate, string category, long closings)
    {
        _gate = gate;
        _category = category;
        _closings = closings;
    }

    /// <summary>The check before: capture nothing where this is false.</summary>
    public bool Allowed => _gate is not null;

    /// <summary>
    /// The check after: true where the permit held through the whole act; otherwise discard what was captured. Counts the item.
    /// </summary>
    public bool Keep() => Keep(out _);

    /// <summary>
    /// The same, with the item's number: one more than the last, from 1 on; after a restart from beyond the last. It is the <c>sequence</c>
    /// that ingestion asks the hub with, and no number is given twice under the same state folder.
    /// </summary>
    public bool Keep(out long sequence)
    {
        sequence = 0;
        return _gate is not null && _gate.Keep(_category, _closings, out sequence);
    }
}
