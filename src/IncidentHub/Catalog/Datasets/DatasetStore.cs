using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <summary>Loads and saves datasets. Only this feature accesses their tables.</summary>
internal static class DatasetStore
{
    /// <param name="name">As typed.</param>
    public static async Task<Guid?> IdOfAsync(ISql sql, string name) =>
        Codes.Lower(name) is var known && DatasetRules.IsName(known)
            ? await sql.FirstOrDefaultAsync<Guid?>("Dataset_IdByName", new { Name = known }) : null;

    public static async Task<DatasetRecord?> LoadAsync(ISql sql, string name) => await IdOfAsync(sql, name) is { } id
        ? await LoadAsync(sql, id) : null;

    public static async Task<DatasetRecord?> LoadAsync(ISql sql, Guid id)
    {
        var row = await sql.FirstOrDefaultAsync<DatasetRow>("Dataset_ById", new { Id = id });
        if (row is null) return null;
        var items = (await sql.QueryAsync<ItemRow>("Dataset_Items", new { Id = id })).ToLookup(i => i.Kind, i => i.Value);
        return new DatasetRecord(row.ToState(items), row.Owner, row.LastChange);
    }

    public static Task InsertAsync(UnitOfWork tx, DatasetState state, Actor actor) => InsertAsync(tx, [state], actor);

    public static async Task InsertAsync(UnitOfWork tx, IReadOnlyList<DatasetState> states, Actor actor)
    {
        var change = ChangeNote.Of(tx.Now, actor.Name, "registered");
        await tx.ExecuteAsync("Dataset_Insert", states.Select(s => DatasetRow.Args(s, 0, change)).ToList());
        await SaveListsAsync(tx, states);
    }

    /// <summary>Saves a changed state. Returns false where the row was changed in between.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, DatasetState before, DatasetState next, Actor actor, string what)
    {
        if (await tx.ExecuteAsync("Dataset_Update", DatasetRow.Args(next, before.Version, ChangeNote.Of(tx.Now, actor.Name, what))) == 0)
            return false;
        await tx.ExecuteAsync("Dataset_ItemsClear", new { next.Id });
        await SaveListsAsync(tx, [next]);
        return true;
    }

    private static Task SaveListsAsync(UnitOfWork tx, IEnumerable<DatasetState> states)
    {
        static IEnumerable<object> Items(DatasetState state, string kind, IReadOnlyList<string> values) =>
            values.Select((v, i) => new { DatasetId = state.Id, Kind = kind, Value = v, Ordinal = i });
        return tx.ExecuteAsync("Dataset_ItemInsert", states.SelectMany(s =>
            Items(s, "Category", s.Details.Categories).Concat(Items(s, "Region", s.Details.Regions))).ToList());
    }

    private sealed record ItemRow
    {
        public required string Kind { get; init; }
        public required string Value { get; init; }
    }
}
