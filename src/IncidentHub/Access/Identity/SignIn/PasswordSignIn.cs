using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Signs in with an account and a password. What it answers, and how long that takes, does not tell whether the account exists, has a
/// password, is locked or was deactivated.
/// </summary>
internal sealed class PasswordSignIn(Db db, People people, UserManager<LocalAccount> users, SignInLimiter limiter, SessionCookie cookie,
    TimeProvider clock, IOptions<IdentitySettings> settings)
{
    // Compared where there is no password, so that this takes as long.
    private static readonly Lazy<string> Nothing = new(() =>
        new PasswordHasher<LocalAccount>().HashPassword(Nobody, Guid.CreateVersion7().ToString()));

    private static LocalAccount Nobody => new() { PersonId = Guid.Empty, Account = "" };

    private static Refusal Wrong => new(RefusalKind.Forbidden, "sign_in_failed",
        $"The account or the password is wrong. After {SignInRecords.MostFailures} failures an account is locked for "
            + $"{SignInRecords.LockedFor.TotalMinutes:0} minutes.");

    public bool IsOn => settings.Value.LocalAccounts;

    /// <summary>
    /// The first step: the person whose password this is. A failure is recorded and counted; a success is not yet a sign-in.
    /// </summary>
    public async Task<Result<Person>> CheckAsync(SignInSource source, string account, string password, CancellationToken ct)
    {
        if (!IsOn) return Refusal.NotFound("The sign-in with a password");
        if (limiter.Refuse(source) is { } tooMany) return tooMany;
        var name = account.Length <= PeopleLookup.MaxAccount ? Codes.Lower(account) : "";
        using var turn = await limiter.TakeTurnAsync(name, ct);
        var person = name.Length == 0 ? null : await people.FindByAccountAsync(name, ct);
        var user = person is null ? null : await users.FindByIdAsync(person.Id.ToString());
        var isRight = await IsRightAsync(user, password.Length <= PasswordRules.Longest ? password : "");
        if (isRight && person is { IsActive: true } && !IsLocked(user!)) return person;

        limiter.CountFailure(source);
        await SignInRecords.FailedAsync(db, person, SignInMethod.Password,
            user is not null && IsLocked(user) ? SignInOutcome.LockedOut : SignInOutcome.Failed, source);
        return Wrong;
    }

    /// <summary>The last step, after the password and whatever else the account asks for: begins the session.</summary>
    public Task<Result<Person>> CompleteAsync(HttpContext http, Person person) => cookie.SignInAsync(
        http, person, SessionOrigin.Password, async tx =>
        {
            await SignInRecords.SucceededAsync(tx, person, SignInMethod.Password, SignInSource.Of(http));
            return null;
        });

    private async Task<bool> IsRightAsync(LocalAccount? user, string password)
    {
        if (user?.PasswordHash is not null) return await users.CheckPasswordAsync(user, password);
        users.PasswordHasher.VerifyHashedPassword(Nobody, Nothing.Value, password);
        return false;
    }

    private bool IsLocked(LocalAccount user) => user.LockedUntil > clock.GetUtcNow();
}
