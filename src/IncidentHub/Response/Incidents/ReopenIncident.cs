using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>The fix did not stick: a new cycle, judged by the policy in force now; the pause policy runs again.</summary>
internal sealed record ReopenIncident(string Code, string Reason, int? ExpectedVersion);

internal sealed class ReopenIncidentHandler(IncidentWork work, SevPolicyReader policies)
{
    public Task<Result<IncidentChanged>> HandleAsync(ReopenIncident c, Actor actor, CancellationToken ct = default) => work.ChangeAsync(
        c.Code, c.ExpectedVersion, Act.ChangeIncident, actor,
        async (tx, _) => new IncidentCommand.Reopen(c.Reason, (await policies.CurrentAsync(tx)).Version),
        ct,
        WriteLane.Pause);
}
