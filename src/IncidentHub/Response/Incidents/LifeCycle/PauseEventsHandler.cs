using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Database;
using IncidentHub.Switch.Pauses;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Records the switch's events on an incident, in their transaction. The version does not change: no edit becomes stale because a collector
/// stopped.
/// </summary>
internal sealed class PauseEventsHandler : IEventHandler<PauseActivated>, IEventHandler<CollectionStopped>, IEventHandler<StopDisproved>
{
    public Task HandleAsync(UnitOfWork tx, PauseActivated happened, Actor actor) =>
        happened.IncidentId is { } id ? RecordAsync(tx, id, cycles => CycleRules.PauseOrdered(cycles, happened.At)) : Task.CompletedTask;

    public Task HandleAsync(UnitOfWork tx, CollectionStopped happened, Actor actor) =>
        RecordAsync(tx, happened.IncidentId, cycles => CycleRules.CollectionStopped(cycles, happened.At));

    public Task HandleAsync(UnitOfWork tx, StopDisproved happened, Actor actor) =>
        RecordAsync(tx, happened.IncidentId, cycles => CycleRules.CollectionWentOn(cycles, happened.PausedAt));

    private static async Task RecordAsync(UnitOfWork tx, Guid incidentId, Func<IReadOnlyList<Cycle>, Cycle?> rule)
    {
        var cycles = await IncidentStore.CyclesAsync(tx, incidentId);
        if (rule(cycles) is not { } changed) return;
        await IncidentStore.SaveCycleAsync(tx, incidentId, cycles.Single(c => c.Number == changed.Number), changed);
        // No separate audit record: the pause or the stop that it follows from is recorded.
        tx.Touch($"incident:{incidentId}");
        tx.TouchAbout([incidentId], "incidents");
    }
}
