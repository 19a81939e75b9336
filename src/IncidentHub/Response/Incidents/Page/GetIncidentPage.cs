using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Domain.Severity;
using IncidentHub.Switch.Pauses;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>An incident with what its page shows in addition.</summary>
/// <param name="States">The current collection status, by program.</param>
/// <param name="Recommended">The programs for which the SEV policy recommends a pause and does not place one.</param>
internal sealed record IncidentPageModel(
    IncidentView View, Relation Relation, IReadOnlyDictionary<Guid, ProgramSwitchState> States, IReadOnlySet<Guid> Recommended,
    SevPolicy Policy)
{
    public IReadOnlyList<ExposureView> Exposures => [.. View.Exposures.Where(e => e.WithdrawnReason is null)];

    public IReadOnlyList<ProgramLinkView> Programs => [.. View.Programs.Where(p => p.WithdrawnReason is null)];

    public CycleView Current => View.Cycles[^1];

    public bool IsOpen => View.Status.IsOpen();

    public bool MayChange(Actor actor) => View.Status != IncidentStatus.Merged && AccessTable.Allows(actor, Act.ChangeIncident, Relation);
}

internal sealed class GetIncidentPageHandler(
    Db db, GetIncidentHandler incidents, PauseReader pauses, SevPolicyReader policies, TimeProvider clock)
{
    public async Task<Result<IncidentPageModel>> HandleAsync(GetIncident query, Actor viewer, CancellationToken ct = default)
    {
        var found = await incidents.HandleAsync(query, viewer, ct);
        if (!found.IsOk) return found.Refusal!;
        var view = found.Value;
        return await db.ReadAsync<Result<IncidentPageModel>>(
            async sql =>
            {
                var policy = await policies.VersionAsync(sql, view.Cycles[^1].PolicyVersion);
                return new IncidentPageModel(
                    view,
                    RoleHolder.RelationOf(view.People.Select(p => new RoleHolder(p.Role, p.PersonId, p.Name)), viewer),
                    await pauses.ProgramStatesAsync(
                        sql, [.. view.Programs.Where(p => p.WithdrawnReason is null).Select(p => p.ProgramId)], viewer),
                    await RecommendedAsync(sql, view, policy),
                    policy);
            },
            ct);
    }

    private async Task<IReadOnlySet<Guid>> RecommendedAsync(ISql sql, IncidentView view, SevPolicy policy)
    {
        if (view.Clocks.Pause != PauseMode.Recommended) return new HashSet<Guid>();
        var (placed, cause) = ((await pauses.ForIncidentAsync(sql, view.Id)).ToLookup(p => p.ProgramId, p => p.State),
            new PauseCause(view.Id, view.Cycles[^1].Number, (Sev)view.Sev, policy.Version));
        return view.Programs.Where(p => p.WithdrawnReason is null)
            .Select(p =>
                ProgramPlan.For(policy[(Sev)view.Sev], cause,
                new(p.ProgramId, p.Program, p.Kind, ProgramLifecycle.Live, [.. placed[p.ProgramId]]), clock.GetUtcNow()))
            .Where(p => p.Act == PlannedAct.Recommend).Select(p => p.ProgramId).ToHashSet();
    }
}
