using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Identity;

/// <summary>
/// What people do with their own second factor, each time with their password. Other sessions of the account end where the factor changes.
/// </summary>
internal sealed class SecondFactorCommands(Db db, SecondFactors factors, Passwords passwords, TimeProvider clock)
{
    /// <summary>Turns it on: the code shows that the app has the secret.</summary>
    /// <returns>The recovery codes, shown only once.</returns>
    public async Task<Result<NewRecoveryCodes>> TurnOnAsync(Actor actor, byte[] secret, string? code, string? password, Guid? session,
        SignInSource source, CancellationToken ct = default)
    {
        if (AuthenticatorCodes.StepOf(secret, code, clock.GetUtcNow()) is not { } step)
            return Refusal.Invalid("code", "This is not the code that the app shows now. Wait for the next one; check the phone's clock.");
        return await RunAsync<NewRecoveryCodes>(actor, password, source, async (tx, person) =>
        {
            if (await tx.ScalarAsync<int>("Authenticator_Count", new { PersonId = person.Id }) > 0)
                return Refusal.NotAllowed("second_factor_on", "An authenticator app is set up already. Turn it off first.");
            var codes = await SecondFactors.MakeCodesAsync(tx, person.Id);
            await factors.AddAsync(tx, person.Id, secret, step);
            await ChangedAsync(tx, person, session, actor, "account.second-factor-on");
            return codes;
        }, ct);
    }

    public Task<Result<Done>> TurnOffAsync(Actor actor, string? password, Guid? session, SignInSource source,
        CancellationToken ct = default) => RunAsync<Done>(actor, password, source, async (tx, person) =>
        {
            if (await SecondFactors.RemoveAsync(tx, person.Id))
                await ChangedAsync(tx, person, session, actor, "account.second-factor-off");
            return default(Done);
        }, ct);

    /// <summary>New recovery codes; the former ones end.</summary>
    public Task<Result<NewRecoveryCodes>> NewCodesAsync(Actor actor, string? password, SignInSource source,
        CancellationToken ct = default) => RunAsync<NewRecoveryCodes>(actor, password, source, async (tx, person) =>
        {
            if (await tx.ScalarAsync<int>("Authenticator_Count", new { PersonId = person.Id }) == 0)
                return Refusal.NotAllowed("second_factor_off", "No authenticator app is set up.");
            await tx.RecordAsync(actor, Entry("account.recovery-codes-made", person));
            return await SecondFactors.MakeCodesAsync(tx, person.Id);
        }, ct);

    private async Task<Result<T>> RunAsync<T>(Actor actor, string? password, SignInSource source,
        Func<UnitOfWork, Person, Task<Result<T>>> act, CancellationToken ct)
    {
        var person = await passwords.CheckOwnAsync(actor, password, "password", source, ct);
        return person.Refusal is { } wrong ? wrong : await db.WriteAsync(tx => act(tx, person.Value), ct: ct);
    }

    private static async Task ChangedAsync(UnitOfWork tx, Person person, Guid? session, Actor actor, string action)
    {
        await SessionChanges.EndAllAsync(tx, person, SessionEnd.SecondFactorChanged, actor, except: session);
        await tx.RecordAsync(actor, Entry(action, person));
    }

    private static JournalEntry Entry(string action, Person person) => new()
    {
        Action = action,
        Subject = $"person {person.Account}",
        Detail = new { factor = SecondFactor.Authenticator },
        Topics = [SessionChanges.Topic(person.Id), "people"],
    };
}
