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
        Check(reason) ?? (isMerged ? Refusal.NotAllowed("merged", $"{code} was merged into another incident. Place the hold there.") : null);

    /// <summary>Null where this hold may be released.</summary>
    public static Refusal? RefuseReleasing(HoldState hold, string? reason) =>
        Check(reason) ?? (hold.Released is null ? null : Refusal.NotAllowed("already_released", "This hold was released already."));

    private static Refusal? Check(string? reason) => new Validation().Text(reason, "reason", MaxReason).ToRefusal();
}

/// <summary>That a legal hold covers a program, as far as it may be said to whoever asks.</summary>
/// <param name="Incidents">The incidents under hold that they may see; none where they may see none of them.</param>
public sealed record HoldNotice(IReadOnlyList<string> Incidents)
{
    /// <summary>What whoever wants to destroy something is told. Somebody who may not see the incident hears that something must be kept, and nothing else.</summary>
    /// <param name="done">What did not happen, as a sentence.</param>
    public Refusal Refuse(string done) => Refusal.NotAllowed("legal_hold", $"{Words} {done} Privacy and counsel place and release holds.");

    public string Words => Incidents.Count switch
    {
        0 => "Data of this program is under legal hold.",
        1 => $"Data of this program is under legal hold, for {Incidents[0]}.",
        _ => $"Data of this program is under legal hold, for {string.Join(", ", Incidents.SkipLast(1))} and {Incidents[^1]}.",
    };
}
