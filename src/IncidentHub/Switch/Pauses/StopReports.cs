using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Keeps the stop report of each pause: its population, and when the last of it was proven to have stopped.</summary>
internal sealed class StopReports(StopClock clock, ClockSteps steps)
{
    /// <summary>
    /// Writes down whom a pause stops, where that was not done yet. No permit of an older epoch can be added any more. Whatever changes
    /// what it is read from, or counts it, does this first.
    /// </summary>
    public async Task WritePopulationAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause)
    {
        if (!pause.IsPopulationPending || !await StopStore.WritePopulationAsync(
            tx, pause.State, pause.GracePeriod!.Value, steps.Forward(program))) return;
        await CompleteAsync(tx, program, pause.State);
        // Nobody did anything: a count that is read later leaves no record.
        tx.Touch($"program:{program.Id}", "programs");
        if (pause.IncidentId is { } incident) tx.Touch($"incident:{incident}");
    }

    /// <summary>The same for all active pauses of a program.</summary>
    public async Task FixPopulationsAsync(UnitOfWork tx, ProgramFacts program)
    {
        foreach (var id in await StopStore.UncountedAsync(tx, [program.Id]))
            await WritePopulationAsync(tx, program, (await PauseStore.FindAsync(tx, id))!);
    }

    /// <summary>Says once that the collecting has stopped, as soon as every collector of the population is proven.</summary>
    public async Task<bool> CompleteAsync(UnitOfWork tx, ProgramFacts program, PauseState pause)
    {
        if (await StopStore.AnyOpenAsync(tx, pause.Id)) return false;
        var counts = (await StopStore.CountsAsync(tx, [pause.Id])).GetValueOrDefault(pause.Id) ?? StopCounts.None(pause.Id);
        var at = pause.Activated!.At + TimeSpan.FromMilliseconds(counts.LastAfterMs ?? 0);
        if (await tx.ExecuteAsync("Pause_FullyStopped", new { pause.Id, At = at }) == 0) return false;
        clock.Forget(pause.Id);
        await tx.RecordAsync(Actor.System, StopHistory.Proven(program, pause, counts, at, await OfIncidentAsync(tx, pause)));
        return true;
    }

    // An incident's collecting has stopped when that of its last pause has.
    private static async Task<CollectionStopped?> OfIncidentAsync(UnitOfWork tx, PauseState pause)
    {
        if (pause.IsDrill || pause.Cause is not { IncidentId: var incidentId }) return null;
        var active = (await PauseStore.OfIncidentAsync(tx, incidentId)).Where(p => p.Status == PauseStatus.Active && !p.IsDrill).ToList();
        return active.TrueForAll(p => p.FullyStoppedAt is not null) ? new(incidentId, active.Max(p => p.FullyStoppedAt)!.Value) : null;
    }
}
