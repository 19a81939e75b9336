using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Programs;

/// <summary>Finds whom a request names, and refuses whom nobody knows.</summary>
internal sealed class ProgramPeople(Db db, People people)
{
    /// <summary>The refusal where the owner or a deputy is unknown or no longer active. The rules refuse that nobody is owner.</summary>
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

    /// <summary>Active people who may own a program, by the beginning of a word of their name; the first ones where it is empty.</summary>
    public Task<IReadOnlyList<OwnerPick>> SearchAsync(string? text, int limit, CancellationToken ct = default)
    {
        var start = LikeText.Prefix(text);
        var args = new { NameStart = start, WordStart = "% " + start, Limit = limit };
        return db.ReadAsync(sql => sql.QueryAsync<OwnerPick>("Program_Owners", args), ct);
    }

    /// <summary>The names of these people; who does not exist is left out.</summary>
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

/// <summary>Somebody who may own a program, or stand in for its owner.</summary>
internal sealed record OwnerPick
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
}
