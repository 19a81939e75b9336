using IncidentHub.Domain.Access;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>An account that can sign in.</summary>
internal sealed record Person(Guid Id, string Account, string DisplayName, string Description, Roles Roles, bool IsActive)
{
    public Actor ToActor() => new(Id, DisplayName, Roles);

    /// <summary>Whether the account, the name, or a word of the name begins with the text: for pickers.</summary>
    public bool BeginsWith(string text) => SearchText.Begins(Account, text) || SearchText.Begins(DisplayName, text);
}

/// <summary>Reads and writes people. A person is deactivated, never deleted.</summary>
internal sealed class People(Db db, TimeProvider clock)
{
    private readonly ReadCache<Guid, Person> _cache = new(clock, TimeSpan.FromSeconds(5));

    public Task<Person?> FindByAccountAsync(string account, CancellationToken ct = default) =>
        db.ReadAsync(sql => FindAsync(sql, account), ct);

    /// <summary>
    /// Looked up with every request, and cached. A change in this process is seen at once, one on another node within five seconds.
    /// </summary>
    public async Task<Person?> FindAsync(Guid id, CancellationToken ct = default) => await _cache.GetAsync(id, ReadAsync, ct);

    /// <summary>Reads the person again with the next request.</summary>
    public void Forget(Guid id) => _cache.Forget(id);

    /// <summary>Within a transaction, or with other reads.</summary>
    public static async Task<Person?> FindAsync(ISql sql, string account) =>
        (await sql.FirstOrDefaultAsync<PersonRow>("Person_ByAccount", new { Account = Codes.Lower(account) }))?.ToPerson();

    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken ct = default) =>
        (await db.ReadAsync(sql => sql.QueryAsync<PersonRow>("Person_List"), ct)).Select(r => r.ToPerson()).ToList();

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

    /// <summary>Every active person with this role.</summary>
    public static async Task<IReadOnlyList<Person>> WithRoleAsync(ISql sql, Roles role) =>
        [.. (await sql.QueryAsync<PersonRow>("Person_WithRole", new { Role = $"%{role}%" })).Select(r => r.ToPerson())
            .Where(p => (p.Roles & role) == role)];

    /// <summary>Adds the person, or updates name and roles of the account.</summary>
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

    private async Task<Person?> ReadAsync(Guid id, CancellationToken ct) =>
        (await db.ReadAsync(sql => sql.FirstOrDefaultAsync<PersonRow>("Person_ById", new { Id = id }), ct))?.ToPerson();

    private sealed record PersonRow
    {
        public required Guid Id { get; init; }
        public required string Account { get; init; }
        public required string DisplayName { get; init; }
        public required string Description { get; init; }
        public required string Roles { get; init; }
        public required bool IsActive { get; init; }

        public Person ToPerson() => new(Id, Account, DisplayName, Description, Enum.Parse<Roles>(Roles), IsActive);
    }
}
