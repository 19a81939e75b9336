using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.Incidents;

/// <summary>What a program's open decision asks for.</summary>
/// <param name="IncidentIds">The incidents behind the pauses that it covers.</param>
internal sealed record OpenRequirement(Requirement Requirement, IReadOnlyList<Guid> IncidentIds);

/// <summary>What must be approved before a program may resume. Answered by the layer that has the decisions.</summary>
internal interface IApprovalOutlook
{
    /// <summary>Null where no decision is open, or the viewer may not see it.</summary>
    Task<OpenRequirement?> FindAsync(ISql sql, string programCode, Actor viewer);
}
