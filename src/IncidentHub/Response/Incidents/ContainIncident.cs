using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>The exposure is closed.</summary>
/// <param name="At">When it was; null: now.</param>
internal sealed record ContainIncident(string Code, DateTimeOffset? At, string? Note, int? ExpectedVersion);

internal sealed class ContainIncidentHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(ContainIncident c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor, new IncidentCommand.Contain(c.At, c.Note ?? ""), ct);
}
