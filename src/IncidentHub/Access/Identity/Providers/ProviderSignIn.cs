using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Completes a sign-in: finds the person by issuer and subject, makes an account for a new one, applies the claim mapping and begins the
/// session. An account that exists is never taken over because a name or a mail address is the same.
/// </summary>
internal sealed class ProviderSignIn(Db db, ProviderFailures failures, SessionCookie cookie)
{
    private const int MaxSubject = 255, MaxIssuer = 400, MaxName = 200;

    public async Task CompleteAsync(HttpContext http, ProviderSettings provider, ProviderTicket ticket)
    {
        // The framework has not looked yet who is signed in: the provider's answer comes first.
        if (await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme) is { Succeeded: true } signedIn)
            http.User = signedIn.Principal;
        if (ticket.Subject.Length is 0 or > MaxSubject || ticket.Issuer.Length > MaxIssuer || ticket.Session?.Length > MaxSubject)
        {
            await failures.RefuseAsync(http, provider, ProviderFailure.Protocol);
            return;
        }
        if (ticket.LinkTo is { } personId)
        {
            await LinkAsync(http, provider, ticket, personId);
            return;
        }
        var person = (await db.WriteAsync<Person>(async tx =>
        {
            var login = await ExternalLogins.FindAsync(tx, ticket.Issuer, ticket.Subject);
            var known = login is null ? await MakePersonAsync(tx, provider, ticket) : (await People.FindAsync(tx, login.PersonId))!;
            if (!known.IsActive) return known;
            login ??= await ExternalLogins.AddAsync(tx, ticket.Issuer, ticket.Subject, known.Id, provider.Name);
            return await ApplyAsync(tx, provider, login, known, ticket.Claims);
        })).Value;
        var begun = person.IsActive ? await cookie.SignInAsync(http, person,
            new(SignInMethod.Provider, provider.Name, ticket.Issuer, ticket.Session), async tx =>
            {
                await SignInRecords.SucceededAsync(tx, person, SignInMethod.Provider, SignInSource.Of(http));
                return null;
            }) : null;
        if (begun is not { IsOk: true })
        {
            await failures.RefuseAsync(http, provider, ProviderFailure.Deactivated, person: person);
            return;
        }
        Redirect(http, ReturnUrl.IsLocal(ticket.ReturnUrl ?? "") && ticket.ReturnUrl != "/"
            ? ticket.ReturnUrl! : FirstPage.Of(person.Roles));
    }

    // Whoever began this is signed in, in this browser, as the person to whom the account is linked.
    private async Task LinkAsync(HttpContext http, ProviderSettings provider, ProviderTicket ticket, Guid personId)
    {
        if (http.User.Identity?.IsAuthenticated != true || http.Actor() is not { ThroughKey: false } actor || actor.Id != personId)
        {
            await failures.RefuseAsync(http, provider, ProviderFailure.State);
            return;
        }
        var linked = await db.WriteAsync<bool>(async tx =>
        {
            var person = (await People.FindAsync(tx, personId))!;
            if (await ExternalLogins.FindAsync(tx, ticket.Issuer, ticket.Subject) is { } other) return other.PersonId == personId;
            var login = await ExternalLogins.AddAsync(tx, ticket.Issuer, ticket.Subject, personId, provider.Name);
            await tx.RecordAsync(actor, Entry("person.login-linked", person, new { provider = provider.Name }));
            await ApplyAsync(tx, provider, login, person, ticket.Claims);
            return true;
        });
        if (linked.Value) Redirect(http, "/account");
        else await failures.RefuseAsync(http, provider, ProviderFailure.Linked, linking: true);
    }

    private static async Task<Person> MakePersonAsync(UnitOfWork tx, ProviderSettings provider, ProviderTicket ticket)
    {
        var name = ticket.Claims.First(provider.AccountClaim) ?? ticket.Claims.First("email") ?? "";
        var account = await AccountNames.FreeAsync(tx, name);
        var stated = TextNormaliser.OrNull(ticket.Claims.First(provider.NameClaim)?.ReplaceLineEndings(" "));
        var shown = TextRules.Cut(stated ?? account, MaxName);
        var person = new Person(OrderedId.Next(tx.Now), account, shown, "", Roles.Reporter, true);
        await People.SaveAsync(tx, person);
        await tx.RecordAsync(Actor.System, Entry("person.created", person, new { provider = provider.Name, person.Account, person.Roles }));
        return person;
    }

    private static async Task<Person> ApplyAsync(UnitOfWork tx, ProviderSettings provider, ExternalLogin login, Person person,
        ReceivedClaims claims)
    {
        var mapping = await ProviderMappings.LoadAsync(tx, provider.Name);
        var next = login with
        {
            Provider = provider.Name,
            Claims = claims.Keep(mapping.Claims),
            MappedRoles = mapping.RolesOf(claims.Values).ToString(),
            LastSignInAt = tx.Now,
        };
        await ExternalLogins.SaveAsync(tx, next);
        var others = (await ExternalLogins.OfPersonAsync(tx, person.Id)).Where(l => l.Id != login.Id);
        var mapped = others.Aggregate(next.Mapped, (roles, l) => roles | l.Mapped);
        var department = mapping.DepartmentClaim is null ? person.Department : mapping.DepartmentOf(claims.Values);
        return await MappedPeople.ApplyAsync(tx, person, mapped, department, Actor.System);
    }

    private static JournalEntry Entry(string action, Person person, object detail) => new()
    {
        Action = action,
        Subject = $"person {person.Account}",
        Detail = detail,
        Topics = [SessionChanges.Topic(person.Id), "people"],
    };

    private static void Redirect(HttpContext http, string page)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(http.Request.PathBase + page);
    }
}
