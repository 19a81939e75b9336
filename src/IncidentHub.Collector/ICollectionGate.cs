namespace IncidentHub.Collector;

/// <summary>Checked by a recorder before and after each act. Fails closed: without an unexpired permit nothing may be collected.</summary>
public interface ICollectionGate
{
    string Program { get; }

    /// <summary>Whether this category may be collected now. Under 100 ns, without allocation.</summary>
    bool MayCollect(string category);

    /// <summary>
    /// Begins an act of collecting. Capture only where <see cref="CollectionAct.Allowed"/>, and keep what was captured only where
    /// <see cref="CollectionAct.Keep()"/> says so.
    /// </summary>
    CollectionAct Begin(string category);

    /// <summary>The current state of the gate, and its reason.</summary>
    GateStatus Status { get; }
}

/// <summary>Why a gate is open or closed.</summary>
public enum GateReason
{
    /// <summary>A permit is held.</summary>
    Permitted,

    /// <summary>No response of the hub yet.</summary>
    Starting,

    /// <summary>The last permit expired before the next one arrived.</summary>
    PermitExpired,

    /// <summary>A signed stop notice: the program is paused.</summary>
    Paused,

    /// <summary>A signed stop notice: the program was terminated.</summary>
    Terminated,

    /// <summary>The hub issues no permit for another reason, for example a program that is not live.</summary>
    NotPermitted,

    /// <summary>Wall clock and suspend-proof clock diverged within one permit.</summary>
    ClockDrift,

    /// <summary>The hub has announced a change. Closed until the next renewal.</summary>
    Announced,

    /// <summary>The hub has an older epoch than this collector has seen: a restored backup must not reopen a paused program.</summary>
    EpochWentBack,
}

/// <summary>The state of the gate, with text for a log.</summary>
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

    /// <summary>The check before capturing: capture nothing where this is false.</summary>
    public bool Allowed => _gate is not null;

    /// <summary>
    /// The check after capturing: true where the permit was valid during the whole act; otherwise discard what was captured. Counts the
    /// item.
    /// </summary>
    public bool Keep() => Keep(out _);

    /// <summary>
    /// The same, with the item's sequence number: consecutive from 1, with a gap after a restart. Ingestion sends it to the hub as
    /// <c>sequence</c>; no number is used twice with the same state folder.
    /// </summary>
    public bool Keep(out long sequence)
    {
        sequence = 0;
        return _gate is not null && _gate.Keep(_category, _closings, out sequence);
    }
}
