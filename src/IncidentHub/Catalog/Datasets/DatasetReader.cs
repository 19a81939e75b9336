using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <summary>Published reader: datasets, the programs that feed them, and their lineage.</summary>
internal sealed class DatasetReader
{
    public async Task<DatasetFacts?> FindByNameAsync(ISql sql, string name) => (await DatasetStore.LoadAsync(sql, name))?.ToFacts();

    public async Task<DatasetFacts?> FindAsync(ISql sql, Guid id) => (await DatasetStore.LoadAsync(sql, id))?.ToFacts();

    public Task<IReadOnlyList<FeedingProgram>> ProgramsFeedingAsync(ISql sql, Guid datasetId) =>
        LineageStore.ProgramsAsync(sql, [datasetId]);

    /// <summary>The datasets that a program feeds.</summary>
    public Task<IReadOnlyList<DatasetBrief>> FedByAsync(ISql sql, Guid programId) =>
        sql.QueryAsync<DatasetBrief>("Feed_DatasetsOf", new { ProgramId = programId });

    /// <summary>The blast radius of exposed datasets.</summary>
    public async Task<BlastRadius> DownstreamAsync(ISql sql, IReadOnlyCollection<Guid> datasetIds)
    {
        var edges = new List<LineageEdge>();
        var reached = (await LineageStore.DownstreamAsync(sql, datasetIds, edges)).Reached;
        var ids = reached.Select(r => r.Id).ToList();
        var briefs = (await LineageStore.BriefsAsync(sql, ids)).ToDictionary(b => b.Id);
        var derived = reached.Where(r => briefs.ContainsKey(r.Id)).Select(r => new DerivedDataset(briefs[r.Id], r.Distance));
        return new BlastRadius([.. derived.OrderBy(d => d.Distance).ThenBy(d => d.Dataset.Name, StringComparer.Ordinal)],
            await LineageStore.ProgramsAsync(sql, ids), edges);
    }

    /// <summary>The datasets themselves and what is derived from them, with owners, regions and feeding programs.</summary>
    public async Task<Reach> ReachAsync(ISql sql, IReadOnlyCollection<Guid> datasetIds, LineageLimit limit)
    {
        var edges = new List<LineageEdge>();
        var walk = await LineageStore.DownstreamAsync(sql, datasetIds, edges, limit);
        var steps = walk.Reached.ToDictionary(r => r.Id, r => r.Distance);
        foreach (var id in datasetIds) steps[id] = 0;
        var regions = (await LineageStore.RegionsAsync(sql, steps.Keys)).ToLookup(r => r.DatasetId, r => r.Region);
        var rows = await LineageStore.RowsAsync(sql, steps.Keys);
        return new(
            [.. rows.Select(r => new ReachableDataset(r.Id, r.Name, r.Kind, r.OwnerName, r.OverExposed, r.Records, r.Subjects,
                [.. regions[r.Id]], steps[r.Id])).OrderBy(d => d.Step).ThenBy(d => d.Name, StringComparer.Ordinal)],
            [.. edges.Where(e => steps.ContainsKey(e.Downstream)).Distinct()],
            await LineageStore.ProgramsAsync(sql, steps.Keys), walk.IsCut);
    }

    /// <summary>
    /// Datasets whose name, or a part of it after a dash, dot or underscore, begins with <paramref name="text"/>; all datasets where it is
    /// empty.
    /// </summary>
    public Task<IReadOnlyList<DatasetPick>> SearchByPrefixAsync(ISql sql, string? text, int limit = 10)
    {
        var start = LikeText.Prefix(text);
        return sql.QueryAsync<DatasetPick>("Dataset_Search", new { NameStart = start, WordStart = "%-" + start, Limit = limit });
    }
}
