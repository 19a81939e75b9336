using IncidentHub.Access.Audit;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>Reads what an incident's exposures reach: one query for each step, and four more, however many datasets there are.</summary>
internal sealed class GetBlastRadiusHandler(Db db, DatasetReader datasets, RestrictedReads reads)
{
    /// <summary>More is not read; the answer says so.</summary>
    public static readonly LineageLimit Limit = new(Datasets: 2_000, Steps: 50);

    public async Task<Result<BlastRadiusView>> HandleAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if ((AccessTable.Deny(viewer, Act.ReadIncidents) ?? AccessTable.Deny(viewer, Act.ReadDatasets)) is { } denied) return denied;
        var state = await db.ReadAsync(async sql => (await IncidentStore.LoadVisibleAsync(sql, viewer, code))?.State, ct);
        if (state is null) return Refusal.NotFound("The incident");
        if (state.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, state.Id, state.Code);
        return BlastRadiusView.Of(state, await db.ReadAsync(sql => ReachAsync(sql, datasets, state), ct));
    }

    /// <summary>The links that lineage suggests now.</summary>
    public static async Task<IReadOnlyList<SuggestedLink>> SuggestionsAsync(ISql sql, DatasetReader datasets, IncidentState state) =>
        Suggestions(state, await ReachAsync(sql, datasets, state));

    internal static IReadOnlyList<SuggestedLink> Suggestions(IncidentState state, Reach reach)
    {
        var through = Through(reach);
        return SuggestedLinks.Of(state,
            [.. reach.Datasets.Where(d => d.Step > 0).Select(d => new ReachedDataset(d.Id, d.Name, d.Step, [.. through[d.Id]]))],
            [.. reach.Programs.Select(p => new DatasetFeed(p.DatasetId, p.ProgramId, p.Code))]);
    }

    /// <summary>Of each dataset the names of those one step nearer to the exposure.</summary>
    internal static ILookup<Guid, string> Through(Reach reach)
    {
        var known = reach.Datasets.ToDictionary(d => d.Id);
        return reach.Edges
            .Where(e => known.ContainsKey(e.Upstream) && known.ContainsKey(e.Downstream)
                && known[e.Upstream].Step == known[e.Downstream].Step - 1)
            .Select(e => (To: e.Downstream, known[e.Upstream].Name)).OrderBy(e => e.Name, StringComparer.Ordinal)
            .ToLookup(e => e.To, e => e.Name);
    }

    private static Task<Reach> ReachAsync(ISql sql, DatasetReader datasets, IncidentState state) => datasets.ReachAsync(
        sql, [.. state.Exposures.Where(e => e.IsActive).Select(e => e.DatasetId).Distinct()], Limit);
}
