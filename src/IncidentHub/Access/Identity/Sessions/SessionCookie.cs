using System.Security.Claims;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Signs browsers in and out. The cookie refers to a session by its secret and says nothing else: person, name and roles are those of the
/// database, with every request.
/// </summary>
internal sealed class SessionCookie(Db db, People people, SessionRegistry sessions, SessionChanges changes)
{
    private const string Secret = "secret";

    /// <summary>Begins a session of this browser, and ends the one that it had.</summary>
    /// <param name="within">What else is written in the same transaction; a refusal ends the sign-in.</param>
    public async Task<Result<Person>> SignInAsync(HttpContext http, Person person, SessionOrigin origin,
        Func<UnitOfWork, Task<Refusal?>>? within = null)
    {
        var (browser, former) = (BrowserName.Of(http.Request.Headers.UserAgent.ToString()), SessionId(http.User));
        var formerPerson = former is null ? null : await people.FindAsync(http.Actor().Id, http.RequestAborted);
        var begun = await db.WriteAsync<string>(async tx =>
        {
            if (within is not null && await within(tx) is { } refused) return refused;
            if (former is { } id && formerPerson is not null)
                await SessionChanges.EndAsync(tx, id, formerPerson, SessionEnd.Replaced, formerPerson.ToActor());
            return await changes.BeginAsync(tx, person, origin, browser);
        }, ct: http.RequestAborted);
        if (begun.Refusal is { } why) return why;
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new(new ClaimsIdentity(
            [new(Secret, begun.Value)], CookieAuthenticationDefaults.AuthenticationScheme)));
        return person;
    }

    /// <summary>Ends the session of this browser, in every tab.</summary>
    public async Task SignOutAsync(HttpContext http, SessionEnd reason = SessionEnd.SignedOut)
    {
        if (SessionId(http.User) is { } id && await people.FindAsync(http.Actor().Id, http.RequestAborted) is { } person)
        {
            await db.WriteAsync<Done>(async tx =>
            {
                await SessionChanges.EndAsync(tx, id, person, reason, person.ToActor());
                return default(Done);
            });
        }
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>The session of a signed-in principal; null where a key acts.</summary>
    public static Guid? SessionId(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(Principals.SessionId), out var id) ? id : null;

    /// <summary>The principal of a session, with the roles that the person has now; null where the session or the account ended.</summary>
    public async Task<ClaimsPrincipal?> PrincipalAsync(Session? session) =>
        session is not null && await people.FindAsync(session.PersonId) is { IsActive: true } person
            ? person.ToPrincipal(session.Id) : null;

    /// <summary>With every request that carries the cookie.</summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var session = context.Principal?.FindFirstValue(Secret) is { } secret
            ? await sessions.FindAsync(secret, context.HttpContext.RequestAborted) : null;
        if (session is null || await PrincipalAsync(session) is not { } principal)
        {
            context.RejectPrincipal();
            return;
        }
        context.ReplacePrincipal(principal);
        await sessions.SeenAsync(session);
    }
}
