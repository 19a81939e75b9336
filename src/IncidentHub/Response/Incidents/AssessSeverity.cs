using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Says what the breach score cannot read from the exposures; the advice is scored again, the SEV stays what people chose.
/// </summary>
internal sealed record AssessSeverity(string Code, BreachInputs Inputs, string Reason, int? ExpectedVersion);

internal sealed class AssessSeverityHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(AssessSeverity c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor, new IncidentCommand.AssessSeverity(c.Inputs, c.Reason), ct);
}
