namespace IncidentHub.Domain.LegalHolds;

/// <summary>An order to keep everything that an incident touches. It is released, never deleted.</summary>
/// <param name="Released">Null while it stands.</param>
public sealed record HoldState(Guid Id, Guid IncidentId, string Reason, DateTimeOffset PlacedAt, HoldRelease? Released);

/// <summary>That a hold stands no more, and why.</summary>
public sealed record HoldRelease(DateTimeOffset At, string Reason);
