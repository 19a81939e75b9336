using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

/// <summary>Sets passwords. Whatever sets one ends the sessions of the account, and one-time links to set it.</summary>
internal sealed class Passwords(Db db, People people, UserManager<LocalAccount> users, PasswordSignIn signIn, SignInLimiter limiter,
    TimeProvider clock)
{
    private static readonly Refusal Ended = Refusal.NotAllowed("link_ended",
        "This link was used, replaced or is too old. Ask an administrator for another one.");

    /// <summary>The digest to store, by the framework's hasher.</summary>
    /// <param name="field">The field that a refusal names.</param>
    public Result<string> Hash(string account, string? password, string field = "password") =>
        PasswordRules.Fault(password, account) is { } fault ? Refusal.Invalid(field, fault)
            : users.PasswordHasher.HashPassword(new LocalAccount { PersonId = Guid.Empty, Account = account }, password!);

    /// <summary>Writes a password within a transaction of the caller, which records why.</summary>
    public static async Task SetAsync(UnitOfWork tx, Person person, string hash)
    {
        var user = await tx.FirstOrDefaultAsync<LocalAccount>("Credential_OfPerson", new { PersonId = person.Id })
            ?? new LocalAccount { PersonId = person.Id, Account = person.Account };
        (user.PasswordHash, user.PasswordSetAt, user.SecurityStamp) = (hash, tx.Now, OrderedId.Next(tx.Now).ToString("N"));
        (user.FailedCount, user.LockedUntil) = (0, null);
        if (!await AccountStore.SaveAsync(tx, user)) throw new ConcurrencyConflictException($"Account {person.Account}");
        await OneTimeTokens.EndAsync(tx, OneTimeKind.SetPassword, person.Id);
    }

    /// <summary>The account of a one-time link; null where it is not valid.</summary>
    public async Task<Person?> OfLinkAsync(string? token, CancellationToken ct)
    {
        var found = await db.ReadAsync(sql => OneTimeTokens.FindAsync(sql, OneTimeKind.SetPassword, token, clock.GetUtcNow()), ct);
        return found?.PersonId is { } id ? await people.FindAsync(id, ct) : null;
    }

    /// <summary>By a one-time link.</summary>
    public async Task<Result<Person>> ResetAsync(string? token, string? password, SignInSource source, CancellationToken ct)
    {
        if (!signIn.IsOn) return Ended;
        if (limiter.Refuse(source) is { } tooMany) return tooMany;
        if (await OfLinkAsync(token, ct) is not { IsActive: true } person)
        {
            limiter.CountFailure(source);
            return Ended;
        }
        var hash = Hash(person.Account, password);
        if (hash.Refusal is { } weak) return weak;
        return await db.WriteAsync<Person>(async tx =>
        {
            if (await OneTimeTokens.FindAsync(tx, OneTimeKind.SetPassword, token, tx.Now) is not { } found
                || !await OneTimeTokens.UseAsync(tx, found)) return Ended;
            await SetAsync(tx, person, hash.Value);
            await SessionChanges.EndAllAsync(tx, person, SessionEnd.PasswordChanged, person.ToActor());
            await tx.RecordAsync(person.ToActor(), Entry("account.password-set", person));
            return person;
        }, ct: ct);
    }

    /// <summary>Who acts, where this is their password; a failure counts as one to sign in.</summary>
    /// <param name="field">The field that a refusal names.</param>
    public async Task<Result<Person>> CheckOwnAsync(Actor actor, string? password, string field, SignInSource source, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.Person, ThroughKey: false })
            return Refusal.Forbidden("A key cannot change how a person signs in. Sign in to do it.");
        if (await people.FindAsync(actor.Id, ct) is not { IsActive: true } person) return Refusal.NotFound("The account");
        var own = await signIn.CheckAsync(source, person.Account, password ?? "", ct);
        return own.Refusal is { Kind: RefusalKind.Forbidden } ? Refusal.Invalid(field, "This is not your password.") : own;
    }

    /// <summary>By the person, who knows the present one. The session of this browser goes on, the others end.</summary>
    public async Task<Result<Done>> ChangeAsync(Actor actor, string? present, string? next, Guid? session, SignInSource source,
        CancellationToken ct = default)
    {
        var own = await CheckOwnAsync(actor, present, "present", source, ct);
        if (own.Refusal is { } wrong) return wrong;
        var person = own.Value;
        var hash = Hash(person.Account, next, "next");
        if (hash.Refusal is { } weak) return weak;
        return await db.WriteAsync<Done>(async tx =>
        {
            await SetAsync(tx, person, hash.Value);
            await SessionChanges.EndAllAsync(tx, person, SessionEnd.PasswordChanged, actor, except: session);
            await tx.RecordAsync(actor, Entry("account.password-changed", person));
            return default(Done);
        }, ct: ct);
    }

    private static JournalEntry Entry(string action, Person person) => new()
    {
        Action = action,
        Subject = $"person {person.Account}",
        Detail = new { },
        Topics = [SessionChanges.Topic(person.Id), "people"],
    };
}
