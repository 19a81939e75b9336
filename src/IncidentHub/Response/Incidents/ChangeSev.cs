using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Changes the SEV, with a reason; the pause policy runs again.</summary>
internal sealed record ChangeSev(string Code, Sev To, string Reason, int? ExpectedVersion);

internal sealed class ChangeSevHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(ChangeSev c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor, new IncidentCommand.ChangeSev(c.To, c.Reason),
            ct, WriteLane.Pause);
}
