using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Whatever destroys something of a program asks here first, in its own transaction. Answered by the layer that has the legal holds.
/// </summary>
internal interface IPurgeGuard
{
    /// <summary>The hold that forbids it, as far as the viewer may know of it; null where none stands.</summary>
    Task<HoldNotice?> FindHoldAsync(ISql sql, Actor viewer, Guid programId);
}
