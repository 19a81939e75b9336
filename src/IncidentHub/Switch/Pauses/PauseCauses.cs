using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// What a viewer may know of the causes of pauses: that a program is paused is visible to everybody in the company, its cause may not be.
/// </summary>
internal sealed class PauseCauses(ICauseLookup incidents)
{
    /// <summary>Of these pauses of one program those that exist for the viewer, as a filter.</summary>
    public async Task<Func<PauseState, bool>> ExistAsync(ISql sql, IEnumerable<PauseState> pauses, ProgramFacts program, Actor viewer)
    {
        var why = await OfAsync(sql, pauses.Where(p => p.Activated is null), viewer);
        return p => p.Activated is not null || why(p).Exists(p, viewer, program.Relation(viewer));
    }

    /// <summary>The visible cause of each of these pauses. One lookup per incident.</summary>
    public async Task<Func<PauseState, PauseWhy>> OfAsync(ISql sql, IEnumerable<PauseState> pauses, Actor viewer)
    {
        var known = new Dictionary<Guid, PauseWhy>();
        foreach (var id in pauses.Select(p => p.Cause?.IncidentId).OfType<Guid>().Distinct())
        {
            known[id] = await incidents.FindAsync(sql, viewer, new(id, null)) is { } incident
                ? new(true, incident.Code, incident.Title, incident.Sev) : PauseWhy.Hidden;
        }
        return p => p.Cause is { IncidentId: var id } ? known.GetValueOrDefault(id, PauseWhy.Hidden) : PauseWhy.NoIncident;
    }
}
