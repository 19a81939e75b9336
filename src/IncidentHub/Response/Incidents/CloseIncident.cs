using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>Nothing is left to do.</summary>
internal sealed record CloseIncident(string Code, string? Note, int? ExpectedVersion);

internal sealed class CloseIncidentHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(CloseIncident c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor, new IncidentCommand.Close(c.Note ?? ""), ct);
}
