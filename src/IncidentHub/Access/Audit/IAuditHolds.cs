using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Audit;

/// <summary>Which incidents legal holds cover: the audit log keeps what it says about them.</summary>
internal interface IAuditHolds
{
    Task<IReadOnlySet<Guid>> HeldIncidentsAsync(ISql sql);
}
