using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

internal sealed partial class IncidentCommands
{
    private static Refusal NoAccount => Refusal.Invalid("account", "Choose an active account, such as responder.");

    /// <summary>
    /// Assigns a role to an account. Commander, Communications and Scribe replace the former holder; naming adds a person who may see the
    /// incident.
    /// </summary>
    public async Task<Result<IncidentRecord>> AssignRoleAsync(string code, IncidentRole role, string account, int? expectedVersion,
        Actor actor, CancellationToken ct = default) =>
        await FindAsync(account, ct) is { } person
            ? await RunAsync(code, new IncidentCommand.AssignRole(role, person.Id, person.DisplayName), expectedVersion, actor, ct)
            : await RefuseAsync(code, i => ActOf(new IncidentCommand.AssignRole(role, Guid.Empty, ""), i), NoAccount, actor, ct);

    public async Task<Result<IncidentRecord>> ReleaseRoleAsync(string code, IncidentRole role, string account, int? expectedVersion,
        Actor actor, CancellationToken ct = default) =>
        await FindAsync(account, ct) is { } person
            ? await RunAsync(code, new IncidentCommand.ReleaseRole(role, person.Id), expectedVersion, actor, ct)
            : await RefuseAsync(code, i => ActOf(new IncidentCommand.ReleaseRole(role, Guid.Empty), i), NoAccount, actor, ct);

    private async Task<Person?> FindAsync(string account, CancellationToken ct) =>
        account.Length is > 0 and <= 200 && await people.FindByAccountAsync(account, ct) is { IsActive: true } person ? person : null;
}
