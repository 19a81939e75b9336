namespace IncidentHub.Domain.LegalHolds;

/// <summary>An order to keep all data of an incident. It is released, never deleted.</summary>
/// <param name="Released">Null while it is active.</param>
public sealed record HoldState(Guid Id, Guid IncidentId, string Reason, DateTimeOffset PlacedAt, HoldRelease? Released);

/// <summary>The release of a hold, with its reason.</summary>
public sealed record HoldRelease(DateTimeOffset At, string Reason);
