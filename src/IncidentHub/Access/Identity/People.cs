using IncidentHub.Domain.Access;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>An account that can sign in.</summary>
/// <param name="Roles">The roles that the person has now: their own, those that are lent to them, and those that claims give, as far as
/// they count beside each other (<see cref="Independence"/>).</param>
internal sealed record Person(Guid Id, string Account, string DisplayName, string Description, Roles Roles, bool IsActive)
{
    /// <summary>The roles that were granted by hand and not lent.</summary>
    public Roles Own { get; init; } = Roles;

    /// <summary>The roles that are lent, until <see cref="LentUntil"/>: the person is on duty.</summary>
    public Roles Lent { get; init; }
    public DateTimeOffset? LentUntil { get; init; }

    /// <summary>Whoever has the responder's role for a time has the duty now.</summary>
    public bool IsOnDuty => Lent.HasFlag(Domain.Access.Roles.Responder);

    /// <summary>The roles that the claims of identity providers give.</summary>
    public Roles Mapped { get; init; }

    /// <summary>As an identity provider states it.</summary>
    public string? Department { get; init; }

    /// <summary>The same at this time: a loan may have ended.</summary>
    public Person At(DateTimeOffset now) => LentUntil is null || now < LentUntil
        ? this : this with { Roles = (Own | Mapped).Effective(), Lent = Domain.Access.Roles.None, LentUntil = null };

    public Actor ToActor() => new(Id, DisplayName, Roles);

    /// <summary>Whether the account, the name, or a word of the name begins with the text: for pickers.</summary>
    public bool BeginsWith(string text) => SearchText.Begins(Account, text) || SearchText.Begins(DisplayName, text);
}

/// <summary>Reads and writes people. A person is deactivated, never deleted.</summary>
internal sealed class People(Db db, TimeProvider clock)
{
    private readonly ReadCache<Guid, Person> _cache = new(clock, TimeSpan.FromSeconds(5));

    public async Task<Person?> FindByAccountAsync(string account, CancellationToken ct = default) =>
        (await db.ReadAsync(sql => FindAsync(sql, account), ct))?.At(clock.GetUtcNow());

    /// <summary>
    /// Looked up with every request, and cached. A change in this process is seen at once, one on another node within five seconds.
    /// </summary>
    public async Task<Person?> FindAsync(Guid id, CancellationToken ct = default) =>
        (await _cache.GetAsync(id, ReadAsync, ct))?.At(clock.GetUtcNow());

    /// <summary>Reads the person again with the next request.</summary>
    public void Forget(Guid id) => _cache.Forget(id);

    /// <summary>Within a transaction, or with other reads.</summary>
    public static async Task<Person?> FindAsync(ISql sql, string account) =>
        (await sql.FirstOrDefaultAsync<PersonRow>("Person_ByAccount", new { Account = Codes.Lower(account) }))?.ToPerson();

    /// <summary>Within a transaction, or with other reads.</summary>
    public static async Task<Person?> FindAsync(ISql sql, Guid id) =>
        (await sql.FirstOrDefaultAsync<PersonRow>("Person_ById", new { Id = id }))?.ToPerson();

    /// <summary>Who has an account at the identity provider.</summary>
    public static async Task<IReadOnlyList<Person>> AtProviderAsync(ISql sql, string provider) =>
        [.. (await sql.QueryAsync<PersonRow>("Person_AtProvider", new { Provider = provider })).Select(r => r.ToPerson())];

    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken ct = default) =>
        (await db.ReadAsync(sql => sql.QueryAsync<PersonRow>("Person_List"), ct))
            .Select(r => r.ToPerson().At(clock.GetUtcNow())).ToList();

    /// <summary>The active ones of these people.</summary>
    public static async Task<IReadOnlyList<Person>> OfAsync(ISql sql, IEnumerable<Guid> ids)
    {
        var found = new List<Person>();
        foreach (var id in ids.Distinct())
        {
            if ((await sql.FirstOrDefaultAsync<PersonRow>("Person_ById", new { Id = id }))?.ToPerson() is { IsActive: true } person)
                found.Add(person);
        }
        return found;
    }

    /// <summary>Every active person who has this role now: granted, lent, or by the claims of a provider.</summary>
    public static async Task<IReadOnlyList<Person>> WithRoleAsync(ISql sql, Roles role, DateTimeOffset now) =>
        [.. (await sql.QueryAsync<PersonRow>("Person_WithRole", new { Role = $"%{role}%" })).Select(r => r.ToPerson().At(now))
            .Where(p => p.Roles.HasFlag(role))];

    /// <summary>Adds the person, or updates name and roles of the account.</summary>
    /// <param name="person">With the roles that are to be their own.</param>
    public static async Task SaveAsync(UnitOfWork tx, Person person)
    {
        var row = new
        {
            person.Id,
            person.Account,
            person.DisplayName,
            NameKey = NameKeys.Of(person.DisplayName),
            person.Description,
            Roles = person.Roles.ToString(),
            person.IsActive,
            tx.Now,
        };
        if (await tx.ExecuteAsync("Person_Update", row) == 0) await tx.ExecuteAsync("Person_Insert", row);
        tx.Announce(new PersonChanged(person.Id));
    }

    /// <summary>What the claims of a provider give; the rest is left as it is.</summary>
    public static async Task SaveMappedAsync(UnitOfWork tx, Person person)
    {
        await tx.ExecuteAsync("Person_SetMapped",
            new { person.Id, MappedRoles = person.Mapped.ToString(), person.Department, tx.Now });
        tx.Announce(new PersonChanged(person.Id));
    }

    private Task<Person?> ReadAsync(Guid id, CancellationToken ct) => db.ReadAsync(sql => FindAsync(sql, id), ct);

    private sealed record PersonRow
    {
        public required Guid Id { get; init; }
        public required string Account { get; init; }
        public required string DisplayName { get; init; }
        public required string Description { get; init; }
        public required string Roles { get; init; }
        public required bool IsActive { get; init; }
        public required string? LentRoles { get; init; }
        public required DateTimeOffset? LentUntil { get; init; }

        public required string? MappedRoles { get; init; }
        public required string? Department { get; init; }

        public Person ToPerson()
        {
            var (own, lent, mapped) = (Enum.Parse<Roles>(Roles), Parse(LentRoles), Parse(MappedRoles));
            return new(Id, Account, DisplayName, Description, (own | lent | mapped).Effective(), IsActive)
            {
                Own = own,
                Lent = lent,
                LentUntil = LentUntil,
                Mapped = mapped,
                Department = Department,
            };
        }

        private static Roles Parse(string? roles) => roles is null ? Domain.Access.Roles.None : Enum.Parse<Roles>(roles);
    }
}
