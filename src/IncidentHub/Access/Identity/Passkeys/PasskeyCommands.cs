using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// What people do with their own passkeys. Adding one is confirmed (<see cref="OwnConfirmation"/>).
/// </summary>
internal sealed class PasskeyCommands(Db db, People people, OwnConfirmation confirmation, IPasskeyHandler<LocalAccount> handler,
    StepCookie steps, IOptions<IdentitySettings> settings)
{
    public const int MostPasskeys = 20, MaxName = 100;
    private const string Step = "passkey-new";

    private sealed record Begun(Guid PersonId, string Name, string? State);

    public bool IsOn => settings.Value.LocalAccounts;

    /// <summary>The first step: the challenge for the person's device, as JSON for the browser.</summary>
    public async Task<Result<string>> BeginAsync(HttpContext http, string? name, string? password)
    {
        var (actor, ct) = (http.Actor(), http.RequestAborted);
        if (!IsOn) return Refusal.NotFound("The sign-in with a passkey");
        if (new Validation().Line(name, "name", MaxName).ToRefusal() is { } invalid) return invalid;
        var known = await confirmation.CheckAsync(actor, SessionCookie.SessionId(http.User), password, SignInSource.Of(http), ct);
        if (known.Refusal is { } refused) return refused;
        var person = known.Value;
        if ((await db.ReadAsync(sql => Passkeys.OfPersonAsync(sql, person.Id), ct)).Count >= MostPasskeys)
            return Refusal.NotAllowed("too_many_passkeys", "name", $"At most {MostPasskeys} passkeys. Remove one that you no longer use.");
        var options = await handler.MakeCreationOptionsAsync(
            new() { Id = person.Id.ToString(), Name = person.Account, DisplayName = person.DisplayName }, http);
        steps.Set(http, Step, new Begun(person.Id, name!.Clean(), options.AttestationState));
        return options.CreationOptionsJson;
    }

    /// <summary>The second step: what the device answered.</summary>
    public async Task<Result<Done>> AddAsync(HttpContext http, string credential)
    {
        var (actor, begun) = (http.Actor(), steps.Read<Begun>(http, Step));
        steps.End(http, Step);
        if (begun is null || begun.PersonId != actor.Id || await people.FindAsync(actor.Id, http.RequestAborted) is not { } person)
            return Refusal.NotAllowed("passkey_expired", "That took too long, or was begun elsewhere. Try again.");
        var made = await handler.PerformAttestationAsync(
            new() { HttpContext = http, CredentialJson = credential, AttestationState = begun.State });
        if (!made.Succeeded || made.UserEntity.Id != actor.Id.ToString())
            return Refusal.NotAllowed("passkey_failed", "The answer of the device is not valid here. No passkey was added. Try again.");
        return await db.WriteAsync<Done>(async tx =>
        {
            if (await Passkeys.FindAsync(tx, made.Passkey.CredentialId) is not null)
                return Refusal.NotAllowed("passkey_known", "This passkey was added before.");
            await Passkeys.AddAsync(tx, person.Id, made.Passkey, begun.Name);
            await EnsureCredentialAsync(tx, person);
            await tx.RecordAsync(actor, Entry("account.passkey-added", person, new { begun.Name }));
            return default(Done);
        });
    }

    public Task<Result<Done>> RenameAsync(Actor actor, Guid id, string? name, CancellationToken ct = default) =>
        new Validation().Line(name, "name", MaxName).ToRefusal() is { } invalid ? Task.FromResult<Result<Done>>(invalid)
            : OnOwnAsync(actor, id, async (tx, person, passkey) =>
            {
                await tx.ExecuteAsync("Passkey_Rename", new { passkey.Id, Name = name!.Clean() });
                await tx.RecordAsync(actor, Entry("account.passkey-renamed", person, new { from = passkey.Name, to = name!.Clean() }));
            }, ct);

    /// <summary>It no longer signs in. Other sessions of the account end: they may be of whoever has the device.</summary>
    public Task<Result<Done>> RemoveAsync(Actor actor, Guid id, Guid? session, CancellationToken ct = default) =>
        OnOwnAsync(actor, id, async (tx, person, passkey) =>
        {
            await tx.ExecuteAsync("Passkey_Delete", new { passkey.Id });
            await SessionChanges.EndAllAsync(tx, person, SessionEnd.SecondFactorChanged, actor, except: session);
            await tx.RecordAsync(actor, Entry("account.passkey-removed", person, new { passkey.Name }));
        }, ct);

    public Task<IReadOnlyList<Passkey>> ListAsync(Actor actor, CancellationToken ct) =>
        db.ReadAsync(sql => Passkeys.OfPersonAsync(sql, actor.Id), ct);

    // Whoever has no password has no credential yet; the framework finds its user there.
    private static async Task EnsureCredentialAsync(UnitOfWork tx, Person person)
    {
        if (await tx.FirstOrDefaultAsync<LocalAccount>("Credential_OfPerson", new { PersonId = person.Id }) is not null) return;
        var stamp = OrderedId.Next(tx.Now).ToString("N");
        var user = new LocalAccount { PersonId = person.Id, Account = person.Account, SecurityStamp = stamp };
        if (!await AccountStore.SaveAsync(tx, user)) throw new ConcurrencyConflictException($"Account {person.Account}");
    }

    private async Task<Result<Done>> OnOwnAsync(Actor actor, Guid id, Func<UnitOfWork, Person, Passkey, Task> act, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.Person, ThroughKey: false } || await people.FindAsync(actor.Id, ct) is not { } person)
            return Refusal.Forbidden("Sign in to do this.");
        return await db.WriteAsync<Done>(async tx =>
        {
            if ((await Passkeys.OfPersonAsync(tx, person.Id)).FirstOrDefault(p => p.Id == id) is not { } passkey)
                return Refusal.NotFound("The passkey");
            await act(tx, person, passkey);
            return default(Done);
        }, ct: ct);
    }

    private static JournalEntry Entry(string action, Person person, object detail) => new()
    {
        Action = action,
        Subject = $"person {person.Account}",
        Detail = detail,
        Topics = [SessionChanges.Topic(person.Id), "people"],
    };
}
