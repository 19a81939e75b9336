using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>A flag that became an incident. Who raised it is not among it.</summary>
internal sealed record DeclaredFlag(Guid Id, string Code, DateTimeOffset FlaggedAt, DateTimeOffset? AcknowledgedAt);

/// <summary>
/// Ends a flag in the incident that is declared from it, in its transaction. Answered by the feature that keeps the flags.
/// </summary>
internal interface IFlagDeclaration
{
    /// <summary>What the actor may not triage is not found.</summary>
    Task<Result<DeclaredFlag>> MarkDeclaredAsync(UnitOfWork tx, string flagCode, Guid incidentId, string incidentCode, Actor actor);
}
