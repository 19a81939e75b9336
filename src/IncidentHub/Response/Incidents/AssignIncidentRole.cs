using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Access.Identity;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Gives somebody a role on the incident. Commander, communications and scribe pass on; naming adds a person who may see it.
/// </summary>
/// <param name="Account">The person's account.</param>
internal sealed record AssignIncidentRole(string Code, IncidentRole Role, string Account, int? ExpectedVersion);

internal sealed record ReleaseIncidentRole(string Code, IncidentRole Role, string Account, int? ExpectedVersion);

internal sealed class AssignIncidentRoleHandler(IncidentWork work, People people)
{
    public async Task<Result<IncidentChanged>> HandleAsync(AssignIncidentRole c, Actor actor, CancellationToken ct = default) =>
        await FindAsync(c.Account, ct) is { } person
            ? await work.ChangeAsync(c.Code, c.ExpectedVersion, ActOf(c.Role), actor,
                new IncidentCommand.AssignRole(c.Role, person.Id, person.DisplayName), ct)
            : Nobody;

    public async Task<Result<IncidentChanged>> HandleAsync(ReleaseIncidentRole c, Actor actor, CancellationToken ct = default) =>
        await FindAsync(c.Account, ct) is { } person
            ? await work.ChangeAsync(c.Code, c.ExpectedVersion, ActOf(c.Role), actor, new IncidentCommand.ReleaseRole(c.Role, person.Id),
                ct)
            : Nobody;

    private static Refusal Nobody => Refusal.Invalid("account", "Choose an active account, such as responder.");

    // Naming somebody lets them see a restricted incident: that is the commander's, privacy's and counsel's to do.
    private static Act ActOf(IncidentRole role) => role == IncidentRole.Named ? Act.RestrictIncident : Act.ChangeIncident;

    private async Task<Person?> FindAsync(string account, CancellationToken ct) =>
        account.Length is > 0 and <= 200 && await people.FindByAccountAsync(account, ct) is { IsActive: true } person ? person : null;
}
