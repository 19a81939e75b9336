using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>A collector that certainly went on after its stop.</summary>
/// <param name="PermitJti">The permit under which it did, and when that ended.</param>
/// <param name="How">What shows it, in a sentence.</param>
internal sealed record ViolationEvidence(Guid CollectorId, string PermitJti, DateTimeOffset PermitExp, string How);

/// <summary>
/// Published writer: evidence beats every proof. The collector's stop is violating for good, and a stop that was reported as proven is not
/// any more.
/// </summary>
internal sealed class StopViolations(PauseConsequences consequences)
{
    /// <summary>Flips the collector in the stop report of each of these pauses. What is violating already stays as it is.</summary>
    public async Task RecordAsync(UnitOfWork tx, ProgramFacts program, ViolationEvidence evidence, IReadOnlyCollection<Guid> pauseIds)
    {
        foreach (var pauseId in pauseIds)
        {
            if (await PauseStore.FindAsync(tx, pauseId) is not { State.InForce: not null } pause) continue;
            await consequences.CountAsync(tx, program, pause);
            if (await FlipAsync(tx, pauseId, evidence)) await TellAsync(tx, program, pause, evidence);
        }
    }

    private static async Task<bool> FlipAsync(UnitOfWork tx, Guid pauseId, ViolationEvidence evidence)
    {
        var at = new { PauseId = pauseId, evidence.CollectorId, tx.Now, evidence.PermitJti, evidence.PermitExp };
        // Not in the population: it held no permit when the pause came in force, and collected all the same. The report counts it from now
        // on. Where the rows about single collectors have expired, the report stays as it was kept.
        return await tx.ExecuteAsync("PauseStop_Violated", at) == 1 || await tx.ExecuteAsync("PauseStop_AddViolating", at) == 1;
    }

    private static async Task TellAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause, ViolationEvidence evidence)
    {
        var reopened = await tx.ExecuteAsync("Pause_NotStopped", new { pause.Id }) == 1;
        var incident = pause.IsDrill ? null : pause.IncidentId;
        if (reopened && incident is { } id) await tx.RaiseAsync(new StopDisproved(id, pause.State.InForce!.At), Actor.System);
        await AuditWriter.AppendAsync(tx, Actor.System, "stop.violated", $"program {program.Code}",
            new { PauseId = pause.Id, evidence.CollectorId, evidence.PermitJti, evidence.How, Reopened = reopened });
        tx.Touch($"program:{program.Id}", "programs");

        var violating = await tx.ScalarAsync<long>("PauseStop_CountViolating", new { PauseId = pause.Id });
        if (!reopened && !Milestones.IsOne(violating)) return;
        var title = violating == 1
            ? $"{program.Code}: violation, a collector collected after its proven stop"
            : $"{program.Code}: violation, {violating:N0} collectors collected after their proven stop";
        var body = reopened ? "The stop was reported as proven before. It is not proven any more." : null;
        var data = new { pause.Id, violating, reopened };
        await TimelineWriter.AppendAsync(
            tx, Actor.System, new TimelineAppend
            {
                ProgramId = program.Id,
                Kind = "violation",
                HappenedAt = tx.Now,
                Title = title,
                Body = body,
                Data = data
            });
        if (pause.IncidentId is { } of)
            await TimelineWriter.AppendAsync(tx, Actor.System,
            new TimelineAppend { IncidentId = of, Kind = "violation", HappenedAt = tx.Now, Title = title, Body = body, Data = data });
    }
}

/// <summary>Published: which counts are told. A timeline that tells of thousands of equal things says 1, 10, 100, … of them.</summary>
internal static class Milestones
{
    public static bool IsOne(long count)
    {
        while (count >= 10 && count % 10 == 0) count /= 10;
        return count == 1;
    }
}
