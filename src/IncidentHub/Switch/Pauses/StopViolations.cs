using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>A collector that provably collected after its stop.</summary>
/// <param name="PermitJti">The permit under which it did, and when that ended.</param>
/// <param name="How">The evidence, as one sentence.</param>
internal sealed record ViolationEvidence(Guid CollectorId, string PermitJti, DateTimeOffset PermitExp, string How);

/// <summary>
/// Published writer: evidence overrides every proof. The collector's stop is violating permanently, and a stop that was reported as proven
/// is not any more.
/// </summary>
internal sealed class StopViolations(StopReports reports)
{
    /// <summary>
    /// Marks the collector as violating in the stop report of each of these pauses. One that is already violating stays unchanged.
    /// </summary>
    public async Task RecordAsync(UnitOfWork tx, ProgramFacts program, ViolationEvidence evidence, IReadOnlyCollection<Guid> pauseIds)
    {
        foreach (var pauseId in pauseIds)
        {
            await StopStore.LockAsync(tx, pauseId);
            if (await PauseStore.FindAsync(tx, pauseId) is not { State.Activated: not null } pause) continue;
            await reports.WritePopulationAsync(tx, program, pause);
            if (!await FlipAsync(tx, pauseId, evidence)) continue;
            var reopened = await tx.ExecuteAsync("Pause_NotStopped", new { pause.Id }) == 1;
            var violating = await tx.ScalarAsync<long>("PauseStop_CountViolating", new { PauseId = pause.Id });
            await tx.RecordAsync(Actor.System, StopHistory.Violated(program, pause, evidence, reopened, violating));
        }
    }

    private static async Task<bool> FlipAsync(UnitOfWork tx, Guid pauseId, ViolationEvidence evidence)
    {
        var at = new { PauseId = pauseId, evidence.CollectorId, tx.Now, evidence.PermitJti, evidence.PermitExp };
        // Not in the population: it held no permit when the pause became active, and collected nevertheless. The report counts it from now
        // on. Where the rows about single collectors have expired, the report stays as stored.
        return await tx.ExecuteAsync("PauseStop_Violated", at) == 1 || await tx.ExecuteAsync("PauseStop_AddViolating", at) == 1;
    }
}
