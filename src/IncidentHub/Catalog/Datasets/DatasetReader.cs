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
        var edges = new List<Domain.Datasets.LineageEdge>();
        var reached = await LineageStore.DownstreamAsync(sql, datasetIds, edges);
        var ids = reached.Select(r => r.Id).ToList();
        var briefs = (await LineageStore.BriefsAsync(sql, ids)).ToDictionary(b => b.Id);
        var derived = reached.Where(r => briefs.ContainsKey(r.Id)).Select(r => new DerivedDataset(briefs[r.Id], r.Distance));
        return new BlastRadius([.. derived.OrderBy(d => d.Distance).ThenBy(d => d.Dataset.Name, StringComparer.Ordinal)],
            await LineageStore.ProgramsAsync(sql, ids), edges);
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
