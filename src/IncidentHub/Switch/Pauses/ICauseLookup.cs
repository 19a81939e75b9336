using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>An incident, identified by its id or by its code.</summary>
internal readonly record struct CauseKey(Guid? Id, string? Code);

/// <summary>An incident as the cause of a pause.</summary>
internal sealed record CauseFacts(Guid Id, string Code, string Title, int Cycle, Sev Sev);

/// <summary>The incident behind a pause. Implemented by the layer that owns incidents.</summary>
internal interface ICauseLookup
{
    /// <summary>Null where there is none, or where the viewer may not see it.</summary>
    Task<CauseFacts?> FindAsync(ISql sql, Actor viewer, CauseKey key);
}
