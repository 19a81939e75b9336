using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Published writer: what the switch saw happen for an incident, in its transaction. It raises no version: nobody's edit is stale because
/// a collector stopped.
/// </summary>
internal static class IncidentWriter
{
    /// <summary>A pause of the incident came in force.</summary>
    public static Task PauseOrderedAsync(UnitOfWork tx, Guid incidentId, DateTimeOffset at) => RecordAsync(tx, incidentId, cycles => CycleRules.PauseOrdered(cycles, at));

    /// <summary>The last of the incident's pauses is proven to have stopped all its collectors.</summary>
    public static Task CollectionStoppedAsync(UnitOfWork tx, Guid incidentId, DateTimeOffset at) => RecordAsync(tx, incidentId, cycles => CycleRules.CollectionStopped(cycles, at));

    /// <summary>Evidence came that collecting went on after the stop of a pause that came in force at <paramref name="pausedAt"/>: its stop is not proven after all.</summary>
    public static Task CollectionWentOnAsync(UnitOfWork tx, Guid incidentId, DateTimeOffset pausedAt) => RecordAsync(tx, incidentId, cycles => CycleRules.CollectionWentOn(cycles, pausedAt));

    private static async Task RecordAsync(UnitOfWork tx, Guid incidentId, Func<IReadOnlyList<Cycle>, Cycle?> rule)
    {
        var cycles = (await tx.QueryAsync<CycleRow>("IncidentCycle_List", new { Id = incidentId })).Select(r => r.ToCycle()).ToList();
        if (rule(cycles) is not { } changed) return;
        await tx.ExecuteAsync("IncidentCycle_Observe", new { IncidentId = incidentId, changed.Number, PauseOrderedAt = changed.PauseOrdered, CollectionStoppedAt = changed.CollectionStopped });
        tx.Touch("incidents", $"incident:{incidentId}");
    }
}
