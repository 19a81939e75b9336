namespace IncidentHub.Domain.Pauses;

/// <summary>A stop acknowledged by the collector.</summary>
/// <param name="Epoch">Of the stop: it answers every pause up to this epoch.</param>
/// <param name="Jti">The permit that it refers to, and <paramref name="Iat"/> its beginning.</param>
/// <param name="StoppedAt">Counted from when the collector sent the request for that permit.</param>
/// <param name="ReceivedAt">By the hub's clock.</param>
public sealed record AcknowledgedStop(long Epoch, string Jti, DateTimeOffset Iat, TimeSpan StoppedAt, DateTimeOffset ReceivedAt);
