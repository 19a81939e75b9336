using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Before somebody changes how they sign in: they show their password, or have signed in a few minutes ago where the account has none.
/// </summary>
internal sealed class OwnConfirmation(People people, Passwords passwords, PasswordSignIn signIn, UserManager<LocalAccount> users,
    SessionRegistry sessions, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public async Task<bool> IsByPasswordAsync(Guid personId) =>
        signIn.IsOn && await users.FindByIdAsync(personId.ToString()) is { PasswordHash: not null };

    /// <summary>Who acts. A refusal names the field <c>password</c>.</summary>
    /// <param name="session">The session in which they act.</param>
    public async Task<Result<Person>> CheckAsync(Actor actor, Guid? session, string? password, SignInSource source, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.Person, ThroughKey: false } || session is not { } id
            || await people.FindAsync(actor.Id, ct) is not { } person)
            return Refusal.Forbidden("A person does this at a browser, not through a key.");
        if (await IsByPasswordAsync(person.Id)) return await passwords.CheckOwnAsync(actor, password, "password", source, ct);
        return await sessions.FindAsync(id, ct) is { } found && clock.GetUtcNow() - found.CreatedAt <= Fresh ? person
            : Refusal.NotAllowed("sign_in_again", $"Sign out and in again, and do this within {Fresh.TotalMinutes:0} minutes.");
    }
}
