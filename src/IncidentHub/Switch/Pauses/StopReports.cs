using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Telemetry;

namespace IncidentHub.Switch.Pauses;

/// <summary>Maintains the stop report of each pause: its population, and when the last collector of it was proven stopped.</summary>
internal sealed class StopReports(StopClock clock, ClockSteps steps)
{
    /// <summary>
    /// Writes the population of a pause, where that was not done yet. No permit of an older epoch can be added any more. Everything that
    /// changes or counts the rows from which it is read does this first.
    /// </summary>
    public async Task WritePopulationAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause)
    {
        if (!pause.IsPopulationPending || !await StopStore.WritePopulationAsync(
            tx, pause.State, pause.GracePeriod!.Value, steps.Forward(program))) return;
        await CompleteAsync(tx, program, pause.State);
        // No act happened: a count that is written later is not recorded.
        tx.Touch($"program:{program.Id}", "programs");
        if (pause.IncidentId is { } incident) tx.Touch($"incident:{incident}");
    }

    /// <summary>The same for all active pauses of a program.</summary>
    public async Task FixPopulationsAsync(UnitOfWork tx, ProgramFacts program)
    {
        foreach (var id in await StopStore.UncountedAsync(tx, [program.Id]))
            await WritePopulationAsync(tx, program, (await PauseStore.FindAsync(tx, id))!);
    }

    /// <summary>Records once that collection has stopped, as soon as every collector of the population is proven stopped.</summary>
    public async Task<bool> CompleteAsync(UnitOfWork tx, ProgramFacts program, PauseState pause)
    {
        if (await StopStore.AnyOpenAsync(tx, pause.Id)) return false;
        // Whoever finds a violation, or completes another pause of the incident, waits for this commit, or is waited for and then seen.
        await StopStore.LockAsync(tx, pause);
        if (await StopStore.AnyOpenAsync(tx, pause.Id)) return false;
        var counts = (await StopStore.CountsAsync(tx, [pause.Id])).GetValueOrDefault(pause.Id) ?? StopCounts.None(pause.Id);
        if (counts.FullStop(pause.Activated!.At) is not { } at) return false;
        if (await tx.ExecuteAsync("Pause_FullyStopped", new { pause.Id, At = at }) == 0) return false;
        tx.OnCommitted(() =>
        {
            clock.Forget(pause.Id);
            HubMetrics.Stopped(at - pause.Activated.At);
        });
        await tx.RecordAsync(Actor.System, StopHistory.Proven(program, pause, counts, at, await OfIncidentAsync(tx, pause)));
        return true;
    }

    // An incident's collection has stopped when that of its last pause has.
    private static async Task<CollectionStopped?> OfIncidentAsync(UnitOfWork tx, PauseState pause)
    {
        if (pause.IsDrill || pause.Cause is not { IncidentId: var incidentId }) return null;
        var active = (await PauseStore.OfIncidentAsync(tx, incidentId)).Where(p => p.Status == PauseStatus.Active && !p.IsDrill).ToList();
        return active.TrueForAll(p => p.FullyStoppedAt is not null) ? new(incidentId, active.Max(p => p.FullyStoppedAt)!.Value) : null;
    }
}
