using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>A flag that was declared as an incident. It does not contain the reporter.</summary>
internal sealed record DeclaredFlag(Guid Id, string Code, DateTimeOffset FlaggedAt, DateTimeOffset? AcknowledgedAt);

/// <summary>
/// Declares a flag as an incident, in the incident's transaction. Implemented by the feature Flags.
/// </summary>
internal interface IFlagDeclaration
{
    /// <summary>A flag that the actor may not triage is not found.</summary>
    Task<Result<DeclaredFlag>> MarkDeclaredAsync(UnitOfWork tx, string flagCode, Guid incidentId, string incidentCode, Actor actor);

    /// <summary>Once the incident is saved: the files of the reporter become its evidence.</summary>
    Task<Refusal?> CarryOverAsync(UnitOfWork tx, Guid flagId, string incidentCode, Actor actor);
}
