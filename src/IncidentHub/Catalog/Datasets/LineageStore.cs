using Dapper;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <summary>
/// Reads lineage level by level, sixteen datasets per query: one portable statement without recursion, so that cycles terminate and
/// diamonds are read once.
/// </summary>
internal static class LineageStore
{
    private const int PerQuestion = 16;

    public static async Task<IReadOnlyList<Reached>> DownstreamAsync(ISql sql, IEnumerable<Guid> exposed, List<LineageEdge>? edges = null)
    {
        var walk = new LineageWalk(exposed);
        while (walk.Frontier.Count > 0)
        {
            var below = await SomeAsync<EdgeRow>(sql, "Lineage_Below", walk.Frontier);
            edges?.AddRange(below.Select(e => e.ToEdge()));
            walk.Advance(below.Select(e => e.Downstream));
        }
        return walk.Reached;
    }

    /// <summary>The datasets from which the dataset is directly derived.</summary>
    public static Task<IReadOnlyList<LineageEdge>> AboveAsync(ISql sql, Guid id) => AboveAsync(sql, [id]);

    /// <summary>The same of several.</summary>
    public static async Task<IReadOnlyList<LineageEdge>> AboveAsync(ISql sql, IEnumerable<Guid> ids) =>
        [.. (await SomeAsync<EdgeRow>(sql, "Lineage_Above", ids)).Select(e => e.ToEdge())];

    /// <summary>Those of the names that are registered.</summary>
    public static Task<IReadOnlyList<NamedDataset>> NamedAsync(ISql sql, IEnumerable<string> names) =>
        SomeAsync<NamedDataset, string>(sql, "Dataset_Named", "Name", names);

    /// <summary>Adds statements that do not stand yet.</summary>
    public static async Task AddAsync(UnitOfWork tx, IEnumerable<LineageEdge> edges)
    {
        var rows = edges.Select(e => new { UpstreamId = e.Upstream, DownstreamId = e.Downstream }).ToList();
        if (rows.Count > 0) await tx.ExecuteAsync("Lineage_Insert", rows);
    }

    public static Task<IReadOnlyList<DatasetBrief>> BriefsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<DatasetBrief>(sql, "Dataset_Some", ids);

    public static Task<IReadOnlyList<FeedingProgram>> ProgramsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<FeedingProgram>(sql, "Feed_ProgramsOf", ids);

    private static Task<IReadOnlyList<T>> SomeAsync<T>(ISql sql, string statement, IEnumerable<Guid> ids) =>
        SomeAsync<T, Guid>(sql, statement, "Id", ids);

    private static async Task<IReadOnlyList<T>> SomeAsync<T, TKey>(ISql sql, string statement, string parameter, IEnumerable<TKey> keys)
    {
        var all = new List<T>();
        foreach (var chunk in keys.Chunk(PerQuestion))
        {
            var args = new DynamicParameters();
            // Unused places repeat the first key: the text of the statement stays the same, and so does its plan.
            for (var i = 0; i < PerQuestion; i++) args.Add($"{parameter}{i}", i < chunk.Length ? chunk[i] : chunk[0]);
            all.AddRange(await sql.QueryAsync<T>(statement, args));
        }
        return all;
    }

    private sealed record EdgeRow
    {
        public required Guid Upstream { get; init; }
        public required Guid Downstream { get; init; }

        public LineageEdge ToEdge() => new(Upstream, Downstream);
    }
}

/// <summary>What lineage needs to know of a dataset.</summary>
internal sealed record NamedDataset
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Guid OwnerId { get; init; }
}
