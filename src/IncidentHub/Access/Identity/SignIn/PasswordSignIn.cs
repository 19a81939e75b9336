using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Signs in with an account and a password. What it answers, and how long that takes, does not tell whether the account exists, has a
/// password, is locked or was deactivated.
/// </summary>
internal sealed class PasswordSignIn(Db db, People people, UserManager<LocalAccount> users, SignInLimiter limiter, SessionCookie cookie,
    SecondFactors factors, StepCookie steps, TimeProvider clock, IOptions<IdentitySettings> settings)
{
    // Compared where there is no password, so that this takes as long.
    private static readonly Lazy<string> Nothing = new(() =>
        new PasswordHasher<LocalAccount>().HashPassword(Nobody, Guid.CreateVersion7().ToString()));

    private static LocalAccount Nobody => new() { PersonId = Guid.Empty, Account = "" };

    private static Refusal Wrong => new(RefusalKind.Forbidden, "sign_in_failed",
        $"The account or the password is wrong. After {SignInRecords.MostFailures} failures an account is locked for "
            + $"{SignInRecords.LockedFor.TotalMinutes:0} minutes.");

    private static Refusal TooLate => new(RefusalKind.Forbidden, "sign_in_failed",
        "That took too long, or the account was changed. Sign in again.");

    private static Refusal WrongCode => new(RefusalKind.Forbidden, CodeWrong,
        $"The code is wrong, or was used before. After {SignInRecords.MostFailures} failures an account is locked for "
            + $"{SignInRecords.LockedFor.TotalMinutes:0} minutes.");

    /// <summary>The codes of refusals that ask for the code of the second factor.</summary>
    public const string CodeNeeded = "second_factor_needed", CodeWrong = "second_factor_failed";

    private const string Step = "code";

    /// <summary>Whose password was right. It ends when the credential changes.</summary>
    private sealed record Pending(Guid PersonId, string Stamp);

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

    /// <summary>The person whose password was right in the first step, in this browser.</summary>
    public async Task<Result<Person>> ContinueAsync(HttpContext http)
    {
        if (!IsOn) return Refusal.NotFound("The sign-in with a password");
        return steps.Read<Pending>(http, Step) is { } first
            && await people.FindAsync(first.PersonId, http.RequestAborted) is { IsActive: true } person
            && await users.FindByIdAsync(person.Id.ToString()) is { } user && user.SecurityStamp == first.Stamp ? person : TooLate;
    }

    /// <summary>
    /// The last step, after the password: asks for the code where the account has a second factor, else begins the session.
    /// </summary>
    public async Task<Result<Person>> CompleteAsync(HttpContext http, Person person, string? code)
    {
        var ct = http.RequestAborted;
        if (await factors.FindAsync(person.Id, ct) is not { } app) return await BeginAsync(http, person, null);
        var source = SignInSource.Of(http);
        // One after the other, so that guesses sent at once do not pass the lock-out.
        using var turn = await limiter.TakeTurnAsync(person.Account, ct);
        var user = (await users.FindByIdAsync(person.Id.ToString()))!;
        if (steps.Read<Pending>(http, Step)?.PersonId != person.Id) steps.Set(http, Step, new Pending(person.Id, user.SecurityStamp));
        if (string.IsNullOrWhiteSpace(code))
            return new Refusal(RefusalKind.Forbidden, CodeNeeded, "Enter the code of your authenticator app, or a recovery code.");
        if (limiter.Refuse(source) is { } tooMany) return tooMany;
        if (!IsLocked(user) && await factors.ReadAsync(app, code, ct) is { } shown)
        {
            var begun = await BeginAsync(http, person, shown);
            if (begun.Refusal?.Code != CodeWrong)
            {
                steps.End(http, Step);
                return begun;
            }
        }
        limiter.CountFailure(source);
        await SignInRecords.FailedAsync(db, person, SignInMethod.Password,
            IsLocked(user) ? SignInOutcome.LockedOut : SignInOutcome.SecondFactorFailed, source);
        return WrongCode;
    }

    private Task<Result<Person>> BeginAsync(HttpContext http, Person person, ShownCode? shown) => cookie.SignInAsync(
        http, person, new(SignInMethod.Password, SecondFactor: shown?.Factor), async tx =>
        {
            if (shown is not null && !await SecondFactors.UseAsync(tx, person.Id, shown)) return WrongCode;
            await SignInRecords.SucceededAsync(tx, person, SignInMethod.Password, SignInSource.Of(http), shown?.Factor);
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
