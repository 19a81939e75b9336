using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Access.Identity;

/// <param name="Provider">The name of the identity provider in the configuration.</param>
internal sealed record UnlinkBody([Required] string? Provider);

/// <param name="Roles">Names of roles; everybody is a reporter as well.</param>
internal sealed record NewPersonBody([Required] string? Account, [Required] string? DisplayName, [Required] IReadOnlyList<string>? Roles);

internal sealed record PersonBody(string? DisplayName, IReadOnlyList<string>? Roles);

internal sealed record LendBody([Required] IReadOnlyList<string>? Roles, [Required] DateTimeOffset? Until);

/// <param name="LeaveOwnedPrograms">Whether the person may stay the owner of programs.</param>
internal sealed record DeactivateBody(bool? LeaveOwnedPrograms);

/// <param name="LentUntil">Until when the lent roles apply.</param>
internal sealed record PersonView(string Account, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> LentRoles,
    DateTimeOffset? LentUntil, bool IsActive)
{
    public static PersonView Of(Person p) =>
        new(p.Account, p.DisplayName, RoleNames.Of(p.Own), RoleNames.Of(p.Lent), p.LentUntil, p.IsActive);
}

/// <param name="MappedRoles">What the claims of identity providers give, beside the granted roles.</param>
/// <param name="Department">As an identity provider states it.</param>
/// <param name="LentUntil">Until when the lent roles apply.</param>
/// <param name="SecondFactor">Whether the account asks for a code after the password.</param>
/// <param name="Passkeys">How many passkeys sign in without the password.</param>
/// <param name="Sessions">How many browsers are signed in.</param>
internal sealed record PersonDetailsView(string Account, string DisplayName, IReadOnlyList<string> Roles,
    IReadOnlyList<string> MappedRoles, string? Department, IReadOnlyList<string> LentRoles, DateTimeOffset? LentUntil, bool IsActive,
    DateTimeOffset? LastSignInAt, DateTimeOffset? LockedUntil, bool SecondFactor, int Passkeys, int Sessions)
{
    public static PersonDetailsView Of(PersonLine p, DateTimeOffset now) => new(p.Account, p.DisplayName, RoleNames.Of(p.Own),
        RoleNames.Of(p.Mapped), p.Department,
        RoleNames.Of(p.Lent(now)), p.LentUntil > now ? p.LentUntil : null, p.IsActive, p.LastSignInAt,
        p.LockedUntil > now ? p.LockedUntil : null, p.AuthenticatorSince is not null, p.Passkeys, p.Sessions);
}

/// <param name="Path">The one-time address at which the password is set; not shown again.</param>
internal sealed record PersonLinkView(string Account, string DisplayName, IReadOnlyList<string> Roles, string Path,
    DateTimeOffset ExpiresAt);

/// <summary>People over HTTP, for administrators.</summary>
internal static class PeopleApi
{
    public static void MapPeopleApi(this WebApplication app)
    {
        var group = app.MapApi("/api/v1/people");
        group.MapGet("/", ListAsync).Requires(Act.ManagePeople)
            .WithSummary("People by account; q is a prefix of the account or of a word of the name.");
        group.MapPost("/", CreateAsync).Requires(Act.ManagePeople)
            .WithSummary("Makes an account. Its one-time link to set the password is shown only once.");
        group.MapGet("/{account}", FindAsync).Requires(Act.ManagePeople).WithSummary("A person, with their last sign-in and sessions.");
        group.MapPatch("/{account}", ChangeAsync).Requires(Act.ManagePeople)
            .WithSummary("Changes name and roles, at once also on open pages.");
        group.MapPost("/{account}/lend", LendAsync).Requires(Act.ManagePeople)
            .WithSummary("Lends roles until a time: the person is on duty.");
        group.MapPost("/{account}/end-loan", EndLoanAsync).Requires(Act.ManagePeople).WithSummary("Ends the loan of roles.");
        group.MapPost("/{account}/deactivate", DeactivateAsync).Requires(Act.ManagePeople)
            .WithSummary("Deactivates the account and ends its sessions.");
        group.MapPost("/{account}/reactivate", ReactivateAsync).Requires(Act.ManagePeople).WithSummary("Reactivates the account.");
        group.MapPost("/{account}/reset", ResetAsync).Requires(Act.ManagePeople)
            .WithSummary("Makes a one-time link to set the password, valid for a day.");
        group.MapPost("/{account}/end-sessions", EndSessionsAsync).Requires(Act.ManagePeople)
            .WithSummary("Ends all sessions of the person.");
        group.MapPost("/{account}/remove-second-factor", RemoveSecondFactorAsync).Requires(Act.ManagePeople)
            .WithSummary("Removes authenticator app, recovery codes and passkeys, and ends all sessions.");
        group.MapPost("/{account}/unlink", UnlinkAsync).Requires(Act.ManagePeople)
            .WithSummary("Unlinks the person from an identity provider: roles by its claims end, and all sessions.");
    }

    private static async Task<Results<Ok<Page<PersonDetailsView>>, Refused>> ListAsync(
        HttpContext http, PeopleQueries queries, TimeProvider clock, string? q, string? cursor, int? limit, CancellationToken ct) =>
        (await queries.ListAsync(q, cursor, limit, http.Actor(), ct))
            .ToOk(page => page.Map(p => PersonDetailsView.Of(p, clock.GetUtcNow())));

    private static async Task<Results<Ok<PersonDetailsView>, Refused>> FindAsync(
        string account, HttpContext http, PeopleQueries queries, TimeProvider clock, CancellationToken ct) =>
        (await queries.FindAsync(account, http.Actor(), ct)).ToOk(p => PersonDetailsView.Of(p, clock.GetUtcNow()));

    private static async Task<Results<Created<PersonLinkView>, Refused>> CreateAsync(
        NewPersonBody body, HttpContext http, PeopleCommands commands, CancellationToken ct)
    {
        var made = await commands.CreateAsync(body.Account, body.DisplayName, RoleNames.Parse(body.Roles), http.Actor(), ct);
        http.HoldSecret();
        return made.ToCreated(l => $"/api/v1/people/{l.Person.Account}", View);
    }

    private static async Task<Results<Ok<PersonView>, Refused>> ChangeAsync(
        string account, PersonBody body, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        body.Roles is not null && RoleNames.Parse(body.Roles) is null
            ? new Refused(Refusal.Invalid("roles", Codes.Allowed(typeof(Roles))))
            : (await commands.ChangeAsync(account, new(body.DisplayName, RoleNames.Parse(body.Roles)), http.Actor(), ct))
                .ToOk(PersonView.Of);

    private static async Task<Results<Ok<PersonView>, Refused>> LendAsync(
        string account, LendBody body, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        (await commands.LendAsync(account, RoleNames.Parse(body.Roles), body.Until, http.Actor(), ct)).ToOk(PersonView.Of);

    private static async Task<Results<Ok<PersonView>, Refused>> EndLoanAsync(
        string account, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        (await commands.EndLoanAsync(account, http.Actor(), ct)).ToOk(PersonView.Of);

    private static async Task<Results<Ok<PersonView>, Refused>> DeactivateAsync(
        string account, DeactivateBody body, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        (await commands.DeactivateAsync(account, body.LeaveOwnedPrograms ?? false, http.Actor(), ct)).ToOk(PersonView.Of);

    private static async Task<Results<Ok<PersonView>, Refused>> ReactivateAsync(
        string account, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        (await commands.ReactivateAsync(account, http.Actor(), ct)).ToOk(PersonView.Of);

    private static async Task<Results<Ok<PersonLinkView>, Refused>> ResetAsync(
        string account, HttpContext http, PeopleCommands commands, CancellationToken ct)
    {
        var made = await commands.ResetAsync(account, http.Actor(), ct);
        http.HoldSecret();
        return made.ToOk(View);
    }

    private static async Task<Results<Ok<PersonView>, Refused>> EndSessionsAsync(
        string account, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        (await commands.EndSessionsAsync(account, http.Actor(), ct)).ToOk(PersonView.Of);

    private static async Task<Results<Ok<PersonView>, Refused>> RemoveSecondFactorAsync(
        string account, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        (await commands.RemoveSecondFactorAsync(account, http.Actor(), ct)).ToOk(PersonView.Of);

    private static async Task<Results<Ok<PersonView>, Refused>> UnlinkAsync(
        string account, UnlinkBody body, HttpContext http, PeopleCommands commands, CancellationToken ct) =>
        (await commands.UnlinkAsync(account, body.Provider, http.Actor(), ct)).ToOk(PersonView.Of);

    private static PersonLinkView View(PersonLink link) => new(link.Person.Account, link.Person.DisplayName,
        RoleNames.Of(link.Person.Own), ResetLink.Path(link.Token), link.ExpiresAt);
}

/// <summary>Roles as the API writes and takes them.</summary>
internal static class RoleNames
{
    public static IReadOnlyList<string> Of(Roles roles) =>
        [.. Enum.GetValues<Roles>().Where(r => r != Roles.None && roles.HasFlag(r)).Select(r => r.ToString())];

    /// <summary>Null where there is none, or a name is unknown.</summary>
    public static Roles? Parse(IReadOnlyList<string?>? names)
    {
        if (names is null) return null;
        var roles = Roles.None;
        foreach (var name in names)
        {
            if (!Codes.TryRead<Roles>(name, out var role)) return null;
            roles |= role;
        }
        return roles;
    }
}

/// <summary>The address of a one-time link.</summary>
internal static class ResetLink
{
    public static string Path(string token) => $"/reset?token={token}";
}
