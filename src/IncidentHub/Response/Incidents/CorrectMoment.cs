using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>Corrects when something happened, with a reason; the timeline keeps what stood there.</summary>
/// <param name="Cycle">For moments of a cycle; null: the current one.</param>
/// <param name="At">Null: it is not known after all.</param>
internal sealed record CorrectMoment(string Code, Moment Moment, int? Cycle, DateTimeOffset? At, string Reason, int? ExpectedVersion);

internal sealed class CorrectMomentHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(CorrectMoment c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor,
            new IncidentCommand.CorrectMoment(c.Moment, c.Cycle, c.At, c.Reason), ct);
}
