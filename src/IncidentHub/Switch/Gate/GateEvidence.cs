using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Database;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Switch.Gate;

/// <summary>
/// Records a quarantined batch as evidence: its metadata, the timelines, and for class C the violation in the collector's stop report.
/// </summary>
internal sealed class GateEvidence(PauseReader pauses, StopViolations violations)
{
    public async Task HoldAsync(UnitOfWork tx, SubmittedBatch batch, GateEntry entry, GateVerdict verdict)
    {
        var behind = await BehindAsync(tx, verdict);
        var undecided = verdict.OnlyDrills || await QuarantinedData.AnyUndecidedAsync(tx, batch.Program.Id);
        var spans = batch.Permits.Spans;
        await tx.ExecuteAsync("QuarantinedBatch_Insert", new
        {
            Id = entry.BatchId,
            ProgramId = batch.Program.Id,
            batch.CollectorId,
            PauseId = behind.Count == 0 ? (Guid?)null : behind[0].Pause.Id,
            Class = entry.Class.ToString(),
            verdict.OnlyDrills,
            batch.Digest,
            entry.FirstSequence,
            entry.LastSequence,
            batch.Body.Items,
            Categories = Names.Join(batch.Body.Categories!.Select(c => c!)),
            spans[0].Permit.Region,
            CollectedFrom = spans.Min(s => s.Permit.Iat + s.Start),
            CollectedTo = Earlier(spans.Max(s => s.Permit.Iat + s.End), tx.Now),
            entry.Epoch,
            QuarantinedAt = tx.Now,
            KeyId = batch.Key.Id,
            KeyName = batch.Key.Name,
        });
        if (behind.Count > 0)
            await tx.ExecuteAsync("QuarantinedBatchPause_Insert", behind.Select(b => new { entry.BatchId, PauseId = b.Pause.Id }).ToList());
        // Each batch changes the quarantine list; only some are recorded in the journal.
        tx.Touch(QuarantinedData.Topic(batch.Program.Id));
        if (behind.Count == 0) await RecordAsync(tx, batch, entry, null);
        foreach (var one in behind) await RecordAsync(tx, batch, entry, one);
        if (entry.Class == BatchClass.C) await ViolatedAsync(tx, batch, entry, verdict);
        // Raised separately: the first waiting batch need not be one that is recorded.
        if (!undecided) await tx.RaiseAsync(new DataQuarantined(batch.Program.Id), Actor.System);
    }

    private async Task ViolatedAsync(UnitOfWork tx, SubmittedBatch batch, GateEntry entry, GateVerdict verdict)
    {
        var permit = batch.Permits.Spans.MaxBy(s => s.Permit.Iat + s.Permit.Life)!.Permit;
        var shown = new ViolationEvidence(batch.CollectorId, permit.Jti, permit.Iat + permit.Life,
            $"Batch {entry.BatchId} reached the gate.");
        await violations.RecordAsync(tx, batch.Program, shown, [.. verdict.Pauses.Select(p => p.Id)]);
        await ViolationAlerts.RaiseAsync(tx, batch.Program, selfReported: false, since =>
            QuarantinedData.IsViolatorAsync(tx, batch, entry.BatchId, since));
    }

    /// <summary>
    /// The oldest pause of each incident, and the oldest without one; drills only where nothing else paused. All of them: if only one were
    /// chosen, a pause whose incident is hidden would change what the timeline of another incident shows.
    /// </summary>
    private async Task<IReadOnlyList<PauseBehind>> BehindAsync(UnitOfWork tx, GateVerdict verdict)
    {
        var all = new List<PauseBehind>();
        foreach (var pause in verdict.Pauses.OrderBy(p => p.IsDrill).ThenBy(p => p.Epoch))
        {
            if (pause.IsDrill && all.Count > 0) break;
            var incident = (await pauses.FindAsync(tx, pause.Id))?.IncidentId;
            if (!all.Exists(b => b.IncidentId == incident)) all.Add(new(pause, incident));
        }
        return all;
    }

    // One entry for the first, the tenth, the hundredth, … of each pause: thousands of batches must not hide the other entries.
    private static async Task RecordAsync(UnitOfWork tx, SubmittedBatch batch, GateEntry entry, PauseBehind? behind)
    {
        var key = new { ProgramId = batch.Program.Id, PauseId = behind?.Pause.Id ?? Guid.Empty, Class = entry.Class.ToString() };
        if (await tx.ExecuteAsync("QuarantineCounter_Add", key) == 0) await tx.ExecuteAsync("QuarantineCounter_Insert", key);
        var count = await tx.ScalarAsync<long>("QuarantineCounter_Count", key);
        if (PowersOfTen.IsOne(count)) await tx.RecordAsync(batch.Key.Actor, QuarantineHistory.Quarantined(batch, entry, behind, count));
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>A pause because of which a batch is quarantined, with its incident.</summary>
internal sealed record PauseBehind(ActivePause Pause, Guid? IncidentId);
