using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Programs;

/// <summary>Loads and saves programs. Only this feature accesses their tables.</summary>
internal static class ProgramStore
{
    /// <param name="code">As typed.</param>
    public static async Task<ProgramRecord?> LoadAsync(ISql sql, string code)
    {
        var known = Codes.Upper(code);
        if (!ProgramRules.IsCode(known)) return null;
        var id = await sql.FirstOrDefaultAsync<Guid?>("Program_IdByCode", new { Code = known });
        return id is { } found ? await LoadAsync(sql, found) : null;
    }

    public static Task<ProgramRecord?> LoadAsync(ISql sql, Guid id) =>
        sql.TogetherAsync(["Program_ById", "Program_Items", "Program_Deputies"], new { Id = id }, async rows =>
        {
            if (await rows.ReadFirstOrDefaultAsync<ProgramRow>() is not { } row) return null;
            var items = (await rows.ReadAsync<ItemRow>()).ToLookup(i => i.Kind, i => i.Value);
            var deputies = (await rows.ReadAsync<PersonRef>()).ToList();
            return new ProgramRecord(row.ToState([.. deputies.Select(d => d.Id)], items), row.Owner, deputies, row.LastChange);
        });

    public static async Task InsertAsync(UnitOfWork tx, ProgramState state, Actor actor)
    {
        await tx.ExecuteAsync("Program_Insert", ProgramRow.Args(state, 0, ChangeNote.Of(tx.Now, actor.Name, "registered")));
        await SaveListsAsync(tx, state);
    }

    /// <summary>Saves a changed state. Returns false where the row was changed in between.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, ProgramState before, ProgramState next, Actor actor, string what)
    {
        if (await tx.ExecuteAsync("Program_Update", ProgramRow.Args(next, before.Version, ChangeNote.Of(tx.Now, actor.Name, what))) == 0)
            return false;
        if (ReferenceEquals(before.Details, next.Details)) return true;
        await tx.ChangeTogetherAsync(["Program_ItemsClear", "Program_DeputiesClear"], new { next.Id });
        await SaveListsAsync(tx, next);
        return true;
    }

    private static async Task SaveListsAsync(UnitOfWork tx, ProgramState state)
    {
        await tx.ExecuteAsync("Program_ItemInsert", Items(state).ToList());
        await tx.ExecuteAsync("Program_DeputyInsert", state.Details.DeputyIds.Select(d => new { ProgramId = state.Id, PersonId = d })
            .ToList());
    }

    private static IEnumerable<object> Items(ProgramState state)
    {
        (string Kind, IReadOnlyList<string> Values)[] lists =
            [("Category", state.Details.Categories), ("Region", state.Details.Regions), ("Surface", state.Details.Surfaces)];
        return lists.SelectMany(l => l.Values.Select((v, i) => new { ProgramId = state.Id, l.Kind, Value = v, Ordinal = i }));
    }

    private sealed record ItemRow
    {
        public required string Kind { get; init; }
        public required string Value { get; init; }
    }
}
