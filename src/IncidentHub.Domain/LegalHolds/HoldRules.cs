namespace IncidentHub.Domain.LegalHolds;

public abstract record HoldCommand;

/// <param name="IncidentMerged">The incident goes on under another one, and so do its holds.</param>
/// <param name="PurgedBefore">Quarantined batches that were set to be purged since the incident was declared.</param>
public sealed record PlaceHold(Guid Id, Guid IncidentId, string IncidentCode, bool IncidentMerged, string Reason, long PurgedBefore)
    : HoldCommand;

public sealed record ReleaseHold(string Reason) : HoldCommand;

public sealed record HoldPlaced(string Reason, long PurgedBefore) : DomainEvent;

public sealed record HoldReleased(string Reason) : DomainEvent;

/// <summary>How holds are placed and released. One incident may have several, for several matters: each is released by itself.</summary>
public static class HoldRules
{
    public const int MaxReason = 2_000;

    public static Result<Accepted<HoldState>> Decide(HoldState? state, HoldCommand command, DateTimeOffset now) => (state, command) switch
    {
        (null, PlaceHold place) => Place(place, now),
        (not null, ReleaseHold release) => Release(state, release, now),
        (null, ReleaseHold) => Refusal.NotFound("The hold"),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
    };

    private static Result<Accepted<HoldState>> Place(PlaceHold place, DateTimeOffset now)
    {
        if (Check(place.Reason) is { } why) return why;
        if (place.IncidentMerged)
            return Refusal.NotAllowed("merged", $"{place.IncidentCode} was merged into another incident. Place the hold there.");
        var next = new HoldState(place.Id, place.IncidentId, place.Reason.Clean(), now, null);
        return Outcome.Accept(next, new HoldPlaced(next.Reason, place.PurgedBefore));
    }

    private static Result<Accepted<HoldState>> Release(HoldState state, ReleaseHold release, DateTimeOffset now)
    {
        if (Check(release.Reason) is { } why) return why;
        if (state.Released is not null) return Refusal.NotAllowed("already_released", "This hold was released already.");
        var released = new HoldRelease(now, release.Reason.Clean());
        return Outcome.Accept(state with { Released = released }, new HoldReleased(released.Reason));
    }

    private static Refusal? Check(string? reason) => new Validation().Text(reason, "reason", MaxReason).ToRefusal();
}
