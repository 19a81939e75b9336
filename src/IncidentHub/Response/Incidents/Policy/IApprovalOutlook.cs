using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.Incidents;

/// <summary>What a program's open decision requires.</summary>
/// <param name="IncidentIds">The incidents of the pauses that it covers.</param>
internal sealed record OpenRequirement(Requirement Requirement, IReadOnlyList<Guid> IncidentIds);

/// <summary>The approvals that a program needs before it may resume. Implemented by the layer Decisions.</summary>
internal interface IApprovalOutlook
{
    /// <summary>Null if no decision is open or the viewer may not see it.</summary>
    /// <param name="restricted">The incident of the pauses, where it is restricted: they have a decision of their own.</param>
    Task<OpenRequirement?> FindAsync(ISql sql, string programCode, Guid? restricted, Actor viewer);
}
