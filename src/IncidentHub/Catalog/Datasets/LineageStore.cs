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
    public static async Task<IReadOnlyList<LineageEdge>> AboveAsync(ISql sql, Guid id) =>
        [.. (await SomeAsync<EdgeRow>(sql, "Lineage_Above", [id])).Select(e => e.ToEdge())];

    public static Task<IReadOnlyList<DatasetBrief>> BriefsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<DatasetBrief>(sql, "Dataset_Some", ids);

    public static Task<IReadOnlyList<FeedingProgram>> ProgramsAsync(ISql sql, IEnumerable<Guid> ids) =>
        SomeAsync<FeedingProgram>(sql, "Feed_ProgramsOf", ids);

    private static async Task<IReadOnlyList<T>> SomeAsync<T>(ISql sql, string statement, IEnumerable<Guid> ids)
    {
        var all = new List<T>();
        foreach (var chunk in ids.Chunk(PerQuestion))
        {
            var args = new DynamicParameters();
            // Unused places repeat the first id: the text of the statement stays the same, and so does its plan.
            for (var i = 0; i < PerQuestion; i++) args.Add($"Id{i}", i < chunk.Length ? chunk[i] : chunk[0]);
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
