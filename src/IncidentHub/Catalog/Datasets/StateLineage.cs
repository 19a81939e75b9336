using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

namespace IncidentHub.Catalog.Datasets;

/// <summary>What a pipeline says: each of the outputs is derived from each of the inputs.</summary>
/// <param name="Source">Who says so: recorded with each new statement.</param>
/// <param name="IsEvidence">Otherwise nothing is stated: the answer has what is not registered.</param>
internal sealed record StateLineage(
    IReadOnlyList<PipelineName> Inputs, IReadOnlyList<PipelineName> Outputs, LineageSource Source, bool IsEvidence);

/// <param name="Job">Namespace and name of the job.</param>
internal sealed record LineageSource(string? Job, Guid? Run, string Producer, DateTimeOffset At);

/// <param name="IsNew">Not stated before.</param>
internal sealed record StatedEdge(string Upstream, string Downstream, bool IsNew);

/// <param name="Unknown">Inputs and outputs that are not registered, as the pipeline names them.</param>
internal sealed record StatedLineage(IReadOnlyList<StatedEdge> Edges, IReadOnlyList<string> Unknown);

/// <summary>
/// Published: takes in the lineage that a pipeline reports. All in one transaction; what is stated already changes nothing. Datasets that
/// are not registered are answered and not registered: nobody would have named their owner or promised their audience.
/// </summary>
internal sealed class StateLineageHandler(Db db)
{
    /// <param name="actor">A key: whether it may was checked by the route, by the scope of the key.</param>
    public Task<Result<StatedLineage>> HandleAsync(StateLineage command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<StatedLineage>(tx => StateAsync(tx, command, actor), ct: ct);

    private static async Task<Result<StatedLineage>> StateAsync(UnitOfWork tx, StateLineage command, Actor actor)
    {
        var all = command.Inputs.Concat(command.Outputs).ToList();
        var known = (await LineageStore.NamedAsync(tx, all.SelectMany(n => n.Candidates).Distinct())).ToDictionary(d => d.Name, d => d.Id);
        Guid? IdOf(PipelineName name) => name.Candidates.Where(known.ContainsKey).Select(c => (Guid?)known[c]).FirstOrDefault();
        IReadOnlyList<Guid> Ids(IEnumerable<PipelineName> names) => [.. names.Select(IdOf).OfType<Guid>().Distinct()];
        var edges = command.IsEvidence ? PipelineLineage.Edges(Ids(command.Inputs), Ids(command.Outputs)) : [];
        var stated = (await LineageStore.AboveAsync(tx, edges.Select(e => e.Downstream).Distinct())).ToHashSet();
        var added = edges.Where(e => !stated.Contains(e)).ToList();
        await LineageStore.AddAsync(tx, added);
        var names = known.ToDictionary(d => d.Value, d => d.Key);
        foreach (var edge in added)
        {
            await tx.RecordAsync(actor, DatasetHistory.OfLineage(
                (edge.Upstream, names[edge.Upstream]), (edge.Downstream, names[edge.Downstream]), command.Source));
        }
        return new StatedLineage([.. edges.Select(e => new StatedEdge(names[e.Upstream], names[e.Downstream], !stated.Contains(e)))],
            [.. all.Where(n => IdOf(n) is null).Select(n => n.Label).Distinct()]);
    }
}
