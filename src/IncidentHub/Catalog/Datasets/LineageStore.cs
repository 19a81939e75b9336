using Dapper;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <summary>
/// Reads lineage level by level, one query per level: a statement without recursion, so that cycles terminate and diamonds are read once.
/// </summary>
internal static class LineageStore
{
    private const int NamesPerQuery = 16;

    /// <param name="edges">Filled with the links that the walk read; some may lead to what the limit leaves out.</param>
    public static async Task<LineageWalk> DownstreamAsync(
        ISql sql, IEnumerable<Guid> exposed, List<LineageEdge> edges, LineageLimit? limit = null)
    {
        var walk = new LineageWalk(exposed, limit);
        while (walk.Frontier.Count > 0)
        {
            var below = await SomeAsync<EdgeRow>(sql, "Lineage_Below", walk.Frontier);
            edges.AddRange(below.Select(e => e.ToEdge()));
            walk.Advance(below.Select(e => e.Downstream));
        }
        return walk;
    }

    /// <summary>The datasets from which the dataset is directly derived.</summary>
    public static Task<IReadOnlyList<LineageEdge>> AboveAsync(ISql sql, Guid id) => AboveAsync(sql, [id]);

    /// <summary>The same of several.</summary>
    public static async Task<IReadOnlyList<LineageEdge>> AboveAsync(ISql sql, IEnumerable<Guid> ids) =>
        [.. (await SomeAsync<EdgeRow>(sql, "Lineage_Above", ids)).Select(e => e.ToEdge())];

    /// <summary>Those of the names that are registered.</summary>
    public static async Task<IReadOnlyList<NamedDataset>> NamedAsync(ISql sql, IEnumerable<string> names)
    {
        var all = new List<NamedDataset>();
        foreach (var chunk in names.Chunk(NamesPerQuery))
        {
            var args = new DynamicParameters();
            // Unused places repeat the first name: the text of the statement stays the same, and so does its plan.
            for (var i = 0; i < NamesPerQuery; i++) args.Add($"Name{i}", i < chunk.Length ? chunk[i] : chunk[0]);
            all.AddRange(await sql.QueryAsync<NamedDataset>("Dataset_Named", args));
        }
        return all;
    }

    /// <summary>Adds statements that do not stand yet.</summary>
    public static async Task AddAsync(UnitOfWork tx, IEnumerable<LineageEdge> edges)
    {
        var rows = edges.Select(e => new { UpstreamId = e.Upstream, DownstreamId = e.Downstream }).ToList();
        if (rows.Count > 0) await tx.ExecuteAsync("Lineage_Insert", rows);
    }

    public static Task<IReadOnlyList<DatasetBrief>> BriefsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<DatasetBrief>(sql, "Dataset_Some", ids);

    /// <summary>The same with owners, for tables.</summary>
    public static Task<IReadOnlyList<ReachableRow>> RowsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<ReachableRow>(sql, "Dataset_Reachable", ids);

    public static Task<IReadOnlyList<RegionRow>> RegionsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<RegionRow>(sql, "Dataset_RegionsOf", ids);

    public static Task<IReadOnlyList<FeedingProgram>> ProgramsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<FeedingProgram>(sql, "Feed_ProgramsOf", ids);

    private static async Task<IReadOnlyList<T>> SomeAsync<T>(ISql sql, string statement, IEnumerable<Guid> ids)
    {
        var all = ids as IReadOnlyCollection<Guid> ?? [.. ids];
        return all.Count == 0 ? [] : await sql.QueryAsync<T>(statement, new { Ids = IdList.Of(all) });
    }

    private sealed record EdgeRow
    {
        public required Guid Upstream { get; init; }
        public required Guid Downstream { get; init; }

        public LineageEdge ToEdge() => new(Upstream, Downstream);
    }
}

internal sealed record ReachableRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DatasetKind Kind { get; init; }
    public required string OwnerName { get; init; }
    public required bool OverExposed { get; init; }
    public required long? Records { get; init; }
    public required long? Subjects { get; init; }
}

internal sealed record RegionRow
{
    public required Guid DatasetId { get; init; }
    public required string Region { get; init; }
}

/// <summary>What lineage needs to know of a dataset.</summary>
internal sealed record NamedDataset
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Guid OwnerId { get; init; }
}
