using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Signs in with a passkey. The device has verified its owner, so that this is both factors: no code is asked for. A challenge is answered
/// once.
/// </summary>
internal sealed class PasskeySignIn(Db db, People people, IPasskeyHandler<LocalAccount> handler, StepCookie steps, SignInLimiter limiter,
    SessionCookie cookie, IOptions<IdentitySettings> settings)
{
    private const string Step = "passkey";

    private static Refusal Failed => new(RefusalKind.Forbidden, "sign_in_failed",
        "The passkey is not known here, or the answer of the device is not valid. Try again, or use your password.");

    private sealed record Begun(string State);

    public bool IsOn => settings.Value.LocalAccounts;

    /// <summary>The first step: the challenge, as JSON for the browser. It does not ask who signs in: the passkey says it.</summary>
    public async Task<Result<string>> BeginAsync(HttpContext http)
    {
        if (!IsOn) return Refusal.NotFound("The sign-in with a passkey");
        if (limiter.Refuse(SignInSource.Of(http)) is { } tooMany) return tooMany;
        var options = await handler.MakeRequestOptionsAsync(null, http);
        steps.Set(http, Step, new Begun(options.AssertionState!));
        return options.RequestOptionsJson;
    }

    /// <summary>The second step: what the device answered.</summary>
    public async Task<Result<Person>> CompleteAsync(HttpContext http, string credential)
    {
        if (!IsOn) return Refusal.NotFound("The sign-in with a passkey");
        var source = SignInSource.Of(http);
        if (limiter.Refuse(source) is { } tooMany) return tooMany;
        var begun = steps.Read<Begun>(http, Step);
        steps.End(http, Step);
        if (begun is null) return Refusal.NotAllowed("passkey_expired", "That took too long, or was begun elsewhere. Try again.");
        var shown = await handler.PerformAssertionAsync(
            new() { HttpContext = http, CredentialJson = credential, AssertionState = begun.State });
        var person = shown.Succeeded ? await people.FindAsync(shown.User.PersonId, http.RequestAborted) : null;
        if (person is { IsActive: true })
        {
            var signedIn = await cookie.SignInAsync(http, person, new(SignInMethod.Passkey), async tx =>
            {
                if (await tx.ExecuteAsync("UsedChallenge_Insert", new { Hash = Secrets.Hash(begun.State), tx.Now }) == 0
                    || !await Passkeys.UseAsync(tx, shown.Passkey!)) return Failed;
                await SignInRecords.SucceededAsync(tx, person, SignInMethod.Passkey, source);
                return null;
            });
            if (signedIn.IsOk) return signedIn;
        }
        limiter.CountFailure(source);
        // Nobody is locked out by this: an answer cannot be guessed.
        await SignInRecords.FailedAsync(db, null, SignInMethod.Passkey, SignInOutcome.Failed, source);
        return Failed;
    }
}
