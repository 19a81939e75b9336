using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>Restricts an incident to privacy, counsel and the people on it, or opens it again. Its code stays.</summary>
internal sealed record RestrictIncident(string Code, Confidentiality To, string Reason, int? ExpectedVersion);

internal sealed class RestrictIncidentHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(RestrictIncident c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.RestrictIncident, actor, new IncidentCommand.SetConfidentiality(c.To, c.Reason),
            ct);
}
