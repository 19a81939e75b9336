using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Programs;

/// <summary>Resolves the people that a request names, and refuses unknown ones.</summary>
internal sealed class ProgramPeople(Db db, People people)
{
    /// <summary>The refusal where the owner or a deputy is unknown or inactive. A missing owner is refused by the rules.</summary>
    public async Task<Refusal?> CheckAsync(ProgramDetails details)
    {
        var check = new Validation();
        if (details.OwnerId != Guid.Empty)
            check.Check(await people.IsActiveAsync(details.OwnerId), "owner", "There is no such active person.");
        foreach (var deputy in details.DeputyIds.Take(ProgramRules.MaxDeputies + 1))
            check.Check(await people.IsActiveAsync(deputy), "deputies", "At least one of these is not an active person.");
        return check.ToRefusal();
    }

    public Task<Guid?> FindAsync(string? account) => people.IdOfAsync(account);

    /// <summary>Active people who may own a program, by a prefix of a word of their name; the first ones where it is empty.</summary>
    public Task<IReadOnlyList<OwnerPick>> SearchAsync(string? text, int limit, CancellationToken ct = default)
    {
        var start = LikeText.Prefix(text);
        var args = new { NameStart = start, WordStart = LikeText.Word(text), Limit = limit };
        return db.ReadAsync(sql => sql.QueryAsync<OwnerPick>("Program_Owners", args), ct);
    }

    /// <summary>The names of these people; unknown ids are omitted.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IEnumerable<Guid> ids, CancellationToken ct = default)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var id in ids.Distinct())
        {
            if (await people.FindAsync(id, ct) is { } person) names[id] = person.DisplayName;
        }
        return names;
    }
}

/// <summary>A person who may own a program, or be a deputy.</summary>
internal sealed record OwnerPick
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
}
