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

    public static async Task InsertAsync(UnitOfWork tx, DatasetState state, Actor actor)
    {
        await tx.ExecuteAsync("Dataset_Insert", DatasetRow.Args(state, 0, ChangeNote.Of(tx.Now, actor.Name, "registered")));
        await SaveListsAsync(tx, state);
    }

    /// <summary>Saves a changed state. Returns false where the row was changed in between.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork tx, DatasetState before, DatasetState next, Actor actor, string what)
    {
        if (await tx.ExecuteAsync("Dataset_Update", DatasetRow.Args(next, before.Version, ChangeNote.Of(tx.Now, actor.Name, what))) == 0)
            return false;
        await tx.ExecuteAsync("Dataset_ItemsClear", new { next.Id });
        await SaveListsAsync(tx, next);
        return true;
    }

    private static Task SaveListsAsync(UnitOfWork tx, DatasetState state)
    {
        (string Kind, IReadOnlyList<string> Values)[] lists = [("Category", state.Details.Categories), ("Region", state.Details.Regions)];
        return tx.ExecuteAsync("Dataset_ItemInsert", lists.SelectMany(l =>
            l.Values.Select((v, i) => new { DatasetId = state.Id, l.Kind, Value = v, Ordinal = i })).ToList());
    }

    private sealed record ItemRow
    {
        public required string Kind { get; init; }
        public required string Value { get; init; }
    }
}
