namespace IncidentHub.Domain.LegalHolds;

/// <summary>An order to keep everything that an incident touches. It is released, never deleted.</summary>
/// <param name="Released">Null while it stands.</param>
public sealed record HoldState(Guid Id, Guid IncidentId, string Reason, DateTimeOffset PlacedAt, HoldRelease? Released);

/// <summary>That a hold stands no more, and why.</summary>
public sealed record HoldRelease(DateTimeOffset At, string Reason);

/// <summary>How holds are placed and released. One incident may have several, for several matters: each is released by itself.</summary>
public static class HoldRules
{
    public const int MaxReason = 2_000;

    /// <summary>Null where a hold may be placed.</summary>
    /// <param name="isMerged">The incident goes on under another one, and so do its holds.</param>
    public static Refusal? RefusePlacing(bool isMerged, string code, string? reason) =>
        Check(reason)
            ?? (isMerged ? Refusal.NotAllowed("merged", $"{code} was merged into another incident. Place the hold there.") : null);

    /// <summary>Null where this hold may be released.</summary>
    public static Refusal? RefuseReleasing(HoldState hold, string? reason) =>
        Check(reason) ?? (hold.Released is null ? null : Refusal.NotAllowed("already_released", "This hold was released already."));

    private static Refusal? Check(string? reason) => new Validation().Text(reason, "reason", MaxReason).ToRefusal();
}
