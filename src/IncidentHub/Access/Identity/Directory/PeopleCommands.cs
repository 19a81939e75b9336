using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Identity;

/// <param name="Roles">Null: unchanged.</param>
internal sealed record ChangePerson(string? DisplayName, Roles? Roles);

/// <summary>A person, with a one-time link to set the password.</summary>
/// <param name="Token">Returned only once.</param>
internal sealed record PersonLink(Person Person, string Token, DateTimeOffset ExpiresAt);

/// <summary>
/// What administrators do with people. A change of roles or state takes effect at once, also on open pages. The last administrator who can
/// sign in stays one.
/// </summary>
internal sealed class PeopleCommands(Db db, IOwnedPrograms owned, Administrators administrators, LinkedAccounts linked)
{
    private static readonly TimeSpan LongestLoan = TimeSpan.FromDays(31);

    public Task<Result<PersonLink>> CreateAsync(string? account, string? displayName, Roles? roles, Actor actor,
        CancellationToken ct = default) => WriteAsync<PersonLink>(actor, async tx =>
        {
            var check = AccountRules.Check(account, displayName).Check(roles is not null, "roles", Codes.Allowed(typeof(Roles)))
                .Together(roles ?? Roles.None);
            if (check.ToRefusal() is { } invalid) return invalid;
            var name = Codes.Lower(account);
            if (await People.FindAsync(tx, name) is not null) return Refusal.NotAllowed("account_taken", "account", "This account exists.");
            var person = new Person(OrderedId.Next(tx.Now), name, displayName!.Clean(), "", roles!.Value | Roles.Reporter, true);
            await People.SaveAsync(tx, person);
            await tx.RecordAsync(actor, Entry("created", person, new { person.DisplayName, roles = Words(person.Roles) }));
            return await LinkAsync(tx, person);
        }, ct);

    public Task<Result<Person>> ChangeAsync(string account, ChangePerson command, Actor actor, CancellationToken ct = default) =>
        OnPersonAsync(account, actor, async (tx, person) =>
        {
            if (command.DisplayName is not null && new Validation().Line(command.DisplayName, "displayName", AccountRules.MaxName)
                .ToRefusal() is { } invalid) return invalid;
            var next = person with
            {
                DisplayName = command.DisplayName?.Clean() ?? person.DisplayName,
                Roles = (command.Roles ?? person.Own) | Roles.Reporter,
            };
            if (next.DisplayName == person.DisplayName && next.Roles == person.Own) return person;
            if (next.Roles != person.Own && new Validation().Together(next.Roles | person.Lent).ToRefusal() is { } together)
                return together;
            if (!(next.Roles | person.Mapped).HasFlag(Roles.Administrator) && await IsLastAdministratorAsync(tx, person))
                return Administrators.Last;
            await People.SaveAsync(tx, next);
            await tx.RecordAsync(actor, Entry("changed", person, new
            {
                name = next.DisplayName == person.DisplayName ? null : new { from = person.DisplayName, to = next.DisplayName },
                roles = next.Roles == person.Own ? null : new { from = Words(person.Own), to = Words(next.Roles) },
            }));
            return await ReadAsync(tx, person);
        }, ct);

    /// <summary>Lends roles until a time, beside the person's own: the person is on duty. Replaces what was lent before.</summary>
    public Task<Result<Person>> LendAsync(string account, Roles? roles, DateTimeOffset? until, Actor actor,
        CancellationToken ct = default) =>
        OnPersonAsync(account, actor, async (tx, person) =>
        {
            var check = new Validation()
                .Check(roles is not null && (roles.Value & ~Roles.Reporter) != 0, "roles", "Name at least one role.")
                .Check(roles?.HasFlag(Roles.Administrator) != true, "roles", "Administrator is a role of its own; it is not lent.")
                .Together((roles ?? Roles.None) | person.Own)
                .Check(until > tx.Now && until <= tx.Now + LongestLoan, "until", $"Later than now, and at most {LongestLoan.Days} days.");
            if (check.ToRefusal() is { } invalid) return invalid;
            if (!person.IsActive) return Refusal.NotAllowed("deactivated", "This person is deactivated. Reactivate them first.");
            var row = new { PersonId = person.Id, Roles = roles!.Value.ToString(), LentUntil = until!.Value, LentByName = actor.Name };
            if (await tx.ExecuteAsync("RoleLoan_Update", row) == 0) await tx.ExecuteAsync("RoleLoan_Insert", row);
            await ChangedAsync(tx, person);
            await tx.RecordAsync(actor, Entry("roles-lent", person, new { roles = Words(roles.Value), until }));
            return await ReadAsync(tx, person);
        }, ct);

    public Task<Result<Person>> EndLoanAsync(string account, Actor actor, CancellationToken ct = default) =>
        OnPersonAsync(account, actor, async (tx, person) =>
        {
            if (await tx.ExecuteAsync("RoleLoan_Delete", new { PersonId = person.Id }) == 0 || person.LentUntil is null) return person;
            await ChangedAsync(tx, person);
            await tx.RecordAsync(actor, Entry("roles-returned", person, new { roles = Words(person.Lent) }));
            return await ReadAsync(tx, person);
        }, ct);

    /// <param name="leaveOwned">Whether the person may stay the owner of programs.</param>
    public Task<Result<Person>> DeactivateAsync(string account, bool leaveOwned, Actor actor, CancellationToken ct = default) =>
        OnPersonAsync(account, actor, async (tx, person) =>
        {
            if (person.Id == actor.Id) return Refusal.NotAllowed("own_account", "Nobody deactivates their own account. Ask another "
                + "administrator.");
            if (!person.IsActive) return person;
            if (await IsLastAdministratorAsync(tx, person)) return Administrators.Last;
            var programs = await owned.CodesAsync(tx, person.Id);
            if (!leaveOwned && programs.Count > 0)
            {
                return Refusal.NotAllowed("owns_programs", $"{person.DisplayName} owns {string.Join(", ", programs)}. Give them another "
                    + "owner first, or deactivate the account and leave them to their deputies.");
            }
            await People.SaveAsync(tx, person with { IsActive = false, Roles = person.Own });
            await SessionChanges.EndAllAsync(tx, person, SessionEnd.Deactivated, actor);
            await OneTimeTokens.EndAsync(tx, OneTimeKind.SetPassword, person.Id);
            await tx.RecordAsync(actor, Entry("deactivated", person, new { owns = programs }));
            return await ReadAsync(tx, person);
        }, ct);

    public Task<Result<Person>> ReactivateAsync(string account, Actor actor, CancellationToken ct = default) =>
        OnPersonAsync(account, actor, async (tx, person) =>
        {
            if (person.IsActive) return person;
            await People.SaveAsync(tx, person with { IsActive = true, Roles = person.Own });
            await tx.RecordAsync(actor, Entry("reactivated", person, new { roles = Words(person.Own) }));
            return await ReadAsync(tx, person);
        }, ct);

    /// <summary>A one-time link to set the password. The current password works until it is used.</summary>
    public async Task<Result<PersonLink>> ResetAsync(string account, Actor actor, CancellationToken ct = default) =>
        await WriteAsync<PersonLink>(actor, async tx =>
        {
            if (await People.FindAsync(tx, account) is not { } person) return Refusal.NotFound("The person");
            if (!person.IsActive) return Refusal.NotAllowed("deactivated", "This person is deactivated. Reactivate them first.");
            await tx.RecordAsync(actor, Entry("reset-link-made", person, new { }));
            return await LinkAsync(tx, person);
        }, ct);

    public Task<Result<Person>> EndSessionsAsync(string account, Actor actor, CancellationToken ct = default) =>
        OnPersonAsync(account, actor, async (tx, person) =>
        {
            await SessionChanges.EndAllAsync(tx, person, SessionEnd.EndedByAdministrator, actor);
            await tx.RecordAsync(actor, Entry("sessions-ended", person, new { }));
            return person;
        }, ct);

    /// <summary>
    /// For somebody who lost their devices: neither they nor a finder signs in with them. The password alone is sufficient then.
    /// </summary>
    public Task<Result<Person>> RemoveSecondFactorAsync(string account, Actor actor, CancellationToken ct = default) =>
        OnPersonAsync(account, actor, async (tx, person) =>
        {
            var (app, passkeys) = (await SecondFactors.RemoveAsync(tx, person.Id), await Passkeys.RemoveAllAsync(tx, person.Id));
            if (!app && passkeys == 0) return person;
            await SessionChanges.EndAllAsync(tx, person, SessionEnd.EndedByAdministrator, actor);
            await tx.RecordAsync(actor, Entry("second-factor-removed", person, new { app, passkeys }));
            return person;
        }, ct);

    /// <summary>Whoever has that account at the provider no longer signs in as the person. Their sessions end.</summary>
    public async Task<Result<Person>> UnlinkAsync(string account, string? provider, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ManagePeople) is { } denied) return denied;
        if (new Validation().Line(provider, "provider", 30).ToRefusal() is { } invalid) return invalid;
        return await db.ReadAsync(sql => People.FindAsync(sql, account), ct) is { } person
            ? await linked.UnlinkAsync(person.Id, Codes.Lower(provider), actor, session: null, ct) : Refusal.NotFound("The person");
    }

    private Task<Result<Person>> OnPersonAsync(string account, Actor actor, Func<UnitOfWork, Person, Task<Result<Person>>> act,
        CancellationToken ct) => WriteAsync<Person>(actor, async tx =>
            await People.FindAsync(tx, account) is { } person ? await act(tx, person.At(tx.Now)) : Refusal.NotFound("The person"), ct);

    private Task<Result<T>> WriteAsync<T>(Actor actor, Func<UnitOfWork, Task<Result<T>>> work, CancellationToken ct) =>
        AccessTable.Deny(actor, Act.ManagePeople) is { } denied ? Task.FromResult<Result<T>>(denied) : db.WriteAsync(work, ct: ct);

    private static async Task<Person> ReadAsync(UnitOfWork tx, Person person) => (await People.FindAsync(tx, person.Account))!.At(tx.Now);

    // A loan alone: the row of the person says since when other nodes must read it again.
    private static Task ChangedAsync(UnitOfWork tx, Person person) => People.SaveAsync(tx, person with { Roles = person.Own });

    private async Task<bool> IsLastAdministratorAsync(UnitOfWork tx, Person person) =>
        person.IsActive && Administrators.Includes(person) && !await administrators.IsOtherAsync(tx, person.Id);

    private static async Task<PersonLink> LinkAsync(UnitOfWork tx, Person person) => new(person,
        await OneTimeTokens.MakeAsync(tx, OneTimeKind.SetPassword, person.Id, OneTimeTokens.LinkLifetime),
        tx.Now + OneTimeTokens.LinkLifetime);

    private static string Words(Roles roles) => roles.ToString();

    private static JournalEntry Entry(string act, Person person, object detail) => new()
    {
        Action = $"person.{act}",
        Subject = $"person {person.Account}",
        Detail = detail,
        Topics = [SessionChanges.Topic(person.Id), "people"],
    };
}

/// <summary>Answered by the layer above: the codes of the programs that the person owns, and that have not ended.</summary>
internal interface IOwnedPrograms
{
    Task<IReadOnlyList<string>> CodesAsync(ISql sql, Guid personId);
}
