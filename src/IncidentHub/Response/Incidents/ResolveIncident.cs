using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>The cause is gone.</summary>
/// <param name="At">When it was; null: now.</param>
internal sealed record ResolveIncident(string Code, DateTimeOffset? At, string? Note, int? ExpectedVersion);

internal sealed class ResolveIncidentHandler(IncidentWork work)
{
    public Task<Result<IncidentChanged>> HandleAsync(ResolveIncident c, Actor actor, CancellationToken ct = default) =>
        work.ChangeAsync(c.Code, c.ExpectedVersion, Act.ChangeIncident, actor, new IncidentCommand.Resolve(c.At, c.Note ?? ""), ct);
}
