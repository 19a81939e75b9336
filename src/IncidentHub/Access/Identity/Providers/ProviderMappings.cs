using IncidentHub.Domain.Access;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>The mapping of a provider, with who edited it last.</summary>
internal sealed record MappingRecord(ProviderMapping State, ChangeNote LastChange) : ILoaded<ProviderMapping>
{
    public string Label => $"The claim mapping of {State.Provider}";

    public int Version => State.Version;

    public Relation Relation(Actor actor) => Domain.Access.Relation.None;
}

/// <summary>The store of <see cref="ProviderMapping"/>.</summary>
internal static class ProviderMappings
{
    public static async Task<ProviderMapping> LoadAsync(ISql sql, string provider) => (await LoadRecordAsync(sql, provider)).State;

    public static async Task<MappingRecord> LoadRecordAsync(ISql sql, string provider)
    {
        if (await sql.FirstOrDefaultAsync<MappingRow>("ProviderMapping_ByProvider", new { Provider = provider }) is not { } row)
            return new(ProviderMapping.Empty(provider), ChangeNote.Of(DateTimeOffset.UnixEpoch, Actor.System.Name, ""));
        var rules = await sql.QueryAsync<RuleRow>("ClaimMapping_OfProvider", new { Provider = provider });
        var mapping = new ProviderMapping(provider, row.Version, row.DepartmentClaim,
            [.. rules.Select(r => new ClaimRule(r.Claim, r.Value, Enum.Parse<Roles>(r.Role)))]);
        return new(mapping, ChangeNote.Of(row.ChangedAt, row.ChangedByName, $"Version {row.Version}"));
    }

    /// <summary>False: the mapping was edited since it was loaded.</summary>
    public static async Task<bool> SaveAsync(UnitOfWork tx, ProviderMapping before, ProviderMapping next, Actor by)
    {
        var row = new
        {
            next.Provider,
            next.DepartmentClaim,
            next.Version,
            Before = before.Version,
            tx.Now,
            By = TextRules.Cut(by.Name, 200),
        };
        if (await tx.ExecuteAsync(before.Version == 0 ? "ProviderMapping_Insert" : "ProviderMapping_Update", row) == 0) return false;
        await tx.ExecuteAsync("ClaimMapping_Delete", new { next.Provider });
        await tx.ExecuteAsync("ClaimMapping_Insert", next.Rules.Select((r, i) =>
            new { next.Provider, Position = i, r.Claim, r.Value, Role = r.Role.ToString() }).ToList());
        return true;
    }

    private sealed record MappingRow
    {
        public required string Provider { get; init; }
        public required string? DepartmentClaim { get; init; }
        public required int Version { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string ChangedByName { get; init; }
    }

    private sealed record RuleRow
    {
        public required string Claim { get; init; }
        public required string Value { get; init; }
        public required string Role { get; init; }
    }
}

/// <summary>Edits the mapping of a provider, and applies it at once to the people who are known from there.</summary>
internal sealed class MappingCommands(Db db, IOptions<ProvidersSettings> providers, Administrators administrators)
    : Commands<string, MappingRecord, ProviderMapping, EditMapping>(db)
{
    private static readonly Refusal NoAdministrator = Refusal.NotAllowed("last_administrator", "rules",
        "With this mapping nobody who can sign in is an administrator. Grant the role to a person first, or keep a rule that gives it.");

    protected override string Thing => "The identity provider";

    protected override Act ReadAct => Act.ManagePeople;

    protected override async Task<MappingRecord?> LoadAsync(UnitOfWork tx, string id, Actor actor) =>
        providers.Value.Find(id) is null ? null : await ProviderMappings.LoadRecordAsync(tx, id);

    protected override Act ActOf(EditMapping command) => Act.ManagePeople;

    protected override Task<Result<Accepted<ProviderMapping>>> DecideAsync(UnitOfWork tx, MappingRecord loaded, EditMapping command,
        Actor actor) => Task.FromResult(ProviderMappingRules.Decide(loaded.State, command));

    protected override Task<bool> SaveAsync(UnitOfWork tx, MappingRecord before, ProviderMapping next, IReadOnlyList<DomainEvent> events,
        Actor actor) => ProviderMappings.SaveAsync(tx, before.State, next, actor);

    protected override JournalEntry Journal(MappingRecord before, ProviderMapping next, DomainEvent happened) => happened switch
    {
        MappingEdited e => new()
        {
            Action = "identity.mapping-edited",
            Subject = $"identity provider {next.Provider}",
            Detail = new { next.Version, e.DepartmentClaim, e.Rules },
            Topics = [MappingQueries.Topic],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a claim mapping."),
    };

    protected override async Task<Result<MappingRecord>> FollowAsync(UnitOfWork tx, MappingRecord before, ProviderMapping next,
        IReadOnlyList<DomainEvent> events, Actor actor)
    {
        var demoted = false;
        foreach (var effect in await MappingEffects.OfAsync(tx, next))
        {
            foreach (var login in effect.Logins) await ExternalLogins.SaveAsync(tx, login);
            await MappedPeople.ApplyAsync(tx, effect.Person, effect.Mapped, effect.Department, actor);
            demoted |= effect.Loses.HasFlag(Roles.Administrator);
        }
        if (demoted && !await administrators.IsLeftAsync(tx)) return NoAdministrator;
        return new MappingRecord(next, ChangeNote.Of(tx.Now, actor.Name, $"Version {next.Version}"));
    }
}
