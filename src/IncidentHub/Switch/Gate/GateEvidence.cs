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
        // The most relevant pause: a real one before a drill, oldest first.
        var pause = verdict.Pauses.OrderBy(p => p.IsDrill).ThenBy(p => p.Epoch).FirstOrDefault();
        var undecided = verdict.OnlyDrills || await QuarantinedData.AnyUndecidedAsync(tx, batch.Program.Id);
        var spans = batch.Permits.Spans;
        await tx.ExecuteAsync("QuarantinedBatch_Insert", new
        {
            Id = entry.BatchId,
            ProgramId = batch.Program.Id,
            batch.CollectorId,
            PauseId = pause?.Id,
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
        // Each batch changes the quarantine list; only some are recorded in the journal.
        tx.Touch(QuarantinedData.Topic(batch.Program.Id));
        await RecordAsync(tx, batch, entry, pause);
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

    // One entry for the first, the tenth, the hundredth, …: thousands of batches must not hide the other entries.
    private async Task RecordAsync(UnitOfWork tx, SubmittedBatch batch, GateEntry entry, ActivePause? pause)
    {
        var key = new { ProgramId = batch.Program.Id, PauseId = pause?.Id ?? Guid.Empty, Class = entry.Class.ToString() };
        if (await tx.ExecuteAsync("QuarantineCounter_Add", key) == 0) await tx.ExecuteAsync("QuarantineCounter_Insert", key);
        var count = await tx.ScalarAsync<long>("QuarantineCounter_Count", key);
        if (!PowersOfTen.IsOne(count)) return;
        var incident = pause is null ? null : (await pauses.FindAsync(tx, pause.Id))?.IncidentId;
        await tx.RecordAsync(batch.Key.Actor, QuarantineHistory.Quarantined(batch, entry, pause, incident, count));
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
