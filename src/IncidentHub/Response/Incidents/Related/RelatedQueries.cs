using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>What an incident has to do with others.</summary>
internal sealed class RelatedQueries(Db db, ISharedCauses causes, RestrictedReads reads)
{
    public async Task<Result<RelatedView>> OfAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
        return await db.ReadAsync<Result<RelatedView>>(
            async sql =>
            {
                if (await IncidentStore.LoadVisibleAsync(sql, viewer, code) is not { State: var state })
                    return Refusal.NotFound("The incident");
                if (state.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, state.Id, state.Code);
                var view = new RelatedView(
                    await RelatedStore.LinksAsync(sql, state.Id, viewer),
                    RelatedRanking.Merge(await RelatedStore.SeenBeforeAsync(sql, ThingsOf(state), state.Id, viewer),
                        await causes.FindAsync(sql, state.Id, RelatedRanking.Most, viewer)),
                    await RelatedStore.SeriesAsync(sql, state.Id, viewer));
                reads.OfList(viewer, [.. view.Links.Select(l => l.Incident), .. view.SeenBefore.Select(s => s.Incident),
                    .. view.Series?.Members ?? []]);
                return view;
            },
            ct);
    }

    /// <summary>For a declaration: incidents that share these datasets and programs.</summary>
    public async Task<IReadOnlyList<SeenBeforeView>> SeenBeforeAsync(IReadOnlyCollection<Guid> things, Actor viewer,
        CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadIncidents) is not null) return [];
        var seen = await db.ReadAsync(sql => RelatedStore.SeenBeforeAsync(sql, things, Guid.Empty, viewer), ct);
        reads.OfList(viewer, seen.Select(s => s.Incident));
        return seen;
    }

    private static Guid[] ThingsOf(IncidentState state) =>
        [.. state.Exposures.Where(e => e.IsActive).Select(e => e.DatasetId),
            .. state.Involvements.Where(l => l.IsActive).Select(l => l.ProgramId)];
}
