namespace IncidentHub.Domain.LegalHolds;

/// <summary>An order to keep all data of an incident. It is released, never deleted.</summary>
/// <param name="Released">Null while it is active.</param>
public sealed record HoldState(Guid Id, Guid IncidentId, string Reason, DateTimeOffset PlacedAt, HoldRelease? Released);

/// <summary>The release of a hold, with its reason.</summary>
public sealed record HoldRelease(DateTimeOffset At, string Reason);

/// <summary>How holds are placed and released. One incident may have several, for several matters; each is released separately.</summary>
public static class HoldRules
{
    public const int MaxReason = 2_000;

    /// <summary>Null where a hold may be placed.</summary>
    /// <param name="isMerged">The incident was merged, and its holds moved along.</param>
    public static Refusal? RefusePlacing(bool isMerged, string code, string? reason) =>
        Check(reason)
            ?? (isMerged ? Refusal.NotAllowed("merged", $"{code} was merged into another incident. Place the hold there.") : null);

    /// <summary>Null where this hold may be released.</summary>
    public static Refusal? RefuseReleasing(HoldState hold, string? reason) =>
        Check(reason) ?? (hold.Released is null ? null : Refusal.NotAllowed("already_released", "This hold was released already."));

    private static Refusal? Check(string? reason) => new Validation().Text(reason, "reason", MaxReason).ToRefusal();
}
