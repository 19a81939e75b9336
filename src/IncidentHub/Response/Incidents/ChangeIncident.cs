using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>Changes title or summary; null leaves a field as it is.</summary>
internal sealed record ChangeIncident(string Code, string? Title, string? Summary, int? ExpectedVersion);

internal sealed class ChangeIncidentHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(ChangeIncident c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor, new IncidentCommand.ChangeDetails(c.Title, c.Summary), ct);
}
