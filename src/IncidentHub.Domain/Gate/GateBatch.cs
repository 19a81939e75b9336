using IncidentHub.Domain.Pauses;

namespace IncidentHub.Domain.Gate;

/// <summary>A permit as signed by the hub.</summary>
/// <param name="Iat">The hub's clock when it was issued, rounded down to a whole second.</param>
/// <param name="Life">exp − iat: how long the collector may use it, counted from its request.</param>
/// <param name="Region">Null for a collector without a region.</param>
public sealed record GatePermit(string Jti, DateTimeOffset Iat, TimeSpan Life, long Epoch,
    IReadOnlyList<string> Categories, string? Region);

/// <summary>What was collected under one permit.</summary>
/// <param name="Start">The first item, counted from when the collector sent the request for the permit.</param>
/// <param name="End">The last item, counted likewise.</param>
public sealed record CollectedSpan(GatePermit Permit, TimeSpan Start, TimeSpan End, IReadOnlyList<string> Categories);

/// <summary>The metadata of a batch. The gate never receives content.</summary>
/// <param name="Bucket">The position of the device in staged resumes, 0 to 9,999.</param>
public sealed record GateBatch(int Bucket, IReadOnlyList<CollectedSpan> Spans);

/// <summary>The class of a batch that is not admitted.</summary>
public enum BatchClass
{
    /// <summary>Collected while it was allowed, uploaded when it no longer was: quarantined.</summary>
    A,

    /// <summary>May have been collected after the pause took effect, before the collector had certainly stopped.</summary>
    B,

    /// <summary>Certainly collected after the collector's stop, while it was not allowed: a violation.</summary>
    C,

    /// <summary>Not covered by a permit: refused.</summary>
    D,
}

/// <summary>The reason behind a class, as the API names it in snake case.</summary>
public enum GateReason
{
    Allowed,
    UploadedUnderPause,
    CollectedAfterPause,
    CollectedAfterStop,
    PermitMissing,
    PermitInvalid,
    PermitForeign,
    CategoryNotPermitted,
    OutsidePermit,
    InTheFuture,
    SequenceReused,
}

/// <summary>The verdict of the gate about a batch.</summary>
/// <param name="Class">Null where it is admitted.</param>
/// <param name="Pauses">The pauses behind the class: active at upload (A), possibly touched (B), violated (C).</param>
/// <param name="OnlyDrills">Only drills prevent its admission.</param>
public sealed record GateVerdict(BatchClass? Class, GateReason Reason, IReadOnlyList<ActivePause> Pauses, bool OnlyDrills)
{
    public static readonly GateVerdict Admitted = new(null, GateReason.Allowed, [], false);

    public static GateVerdict Refused(GateReason reason) => new(BatchClass.D, reason, [], false);
}
