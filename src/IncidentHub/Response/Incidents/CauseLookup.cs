using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.Incidents;

internal sealed class CauseLookup(IncidentReader incidents) : ICauseLookup
{
    public async Task<CauseFacts?> FindAsync(ISql sql, Actor viewer, CauseKey key)
    {
        var found = key.Id is { } id
            ? await incidents.FindVisibleAsync(sql, viewer, id) : await incidents.FindVisibleAsync(sql, viewer, key.Code!);
        return found is null ? null : new(found.Id, found.Code, found.Title, found.Cycle, found.Sev);
    }
}
