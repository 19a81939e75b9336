using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Checked before data of a program is destroyed, in the same transaction. Implemented by the layer that owns legal holds.
/// </summary>
internal interface IPurgeGuard
{
    /// <summary>The hold that forbids it, with the details that the viewer may see; null where there is none.</summary>
    Task<HoldNotice?> FindHoldAsync(ISql sql, Actor viewer, Guid programId);
}
