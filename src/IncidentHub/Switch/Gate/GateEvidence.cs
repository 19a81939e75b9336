using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Switch.Gate;

/// <summary>Keeps a held batch as evidence: its metadata, the timelines, and for class C the collector's stop, which is violated.</summary>
internal sealed class GateEvidence(PauseReader pauses, StopViolations violations)
{
    public async Task HoldAsync(UnitOfWork tx, AskedBatch batch, GateEntry entry, GateVerdict verdict)
    {
        // The pause that explains it best: a real one before a drill, the oldest first.
        var pause = verdict.Pauses.OrderBy(p => p.IsDrill).ThenBy(p => p.Epoch).FirstOrDefault();
        var undecided = verdict.OnlyDrills || await HeldData.AnyUndecidedAsync(tx, batch.Program.Id);
        var spans = batch.Permits.Spans;
        await tx.ExecuteAsync("HeldBatch_Insert", new
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
            HeldAt = tx.Now,
            KeyId = batch.Key.Id,
            KeyName = batch.Key.Name,
        });
        tx.Touch(HeldData.Topic(batch.Program.Id));
        await TellAsync(tx, batch, entry.Class!.Value, pause);
        if (entry.Class == BatchClass.C) await ViolatedAsync(tx, batch, entry, verdict);
        if (!undecided) await tx.RaiseAsync(new DataQuarantined(batch.Program.Id), Actor.System);
    }

    private async Task ViolatedAsync(UnitOfWork tx, AskedBatch batch, GateEntry entry, GateVerdict verdict)
    {
        var permit = batch.Permits.Spans.MaxBy(s => s.Permit.Iat + s.Permit.Life)!.Permit;
        var shown = new ViolationEvidence(batch.CollectorId, permit.Jti, permit.Iat + permit.Life,
            $"Batch {entry.BatchId} reached the gate.");
        await violations.RecordAsync(tx, batch.Program, shown, [.. verdict.Pauses.Select(p => p.Id)]);
        await ViolationAlerts.RaiseAsync(tx, batch.Program, ownWord: false, since =>
            HeldData.IsViolatorAsync(tx, batch, entry.BatchId, since));
    }

    // One entry for the first, the tenth, the hundredth, …: thousands of batches do not bury the story.
    private async Task TellAsync(UnitOfWork tx, AskedBatch batch, BatchClass held, StandingPause? pause)
    {
        var key = new { ProgramId = batch.Program.Id, PauseId = pause?.Id ?? Guid.Empty, Class = held.ToString() };
        if (await tx.ExecuteAsync("GateTally_Add", key) == 0) await tx.ExecuteAsync("GateTally_Insert", key);
        var count = await tx.ScalarAsync<long>("GateTally_Count", key);
        if (!Milestones.IsOne(count)) return;
        var title = $"{batch.Program.Code}: {(count == 1 ? "a batch" : $"{count:N0} batches so far")} quarantined, {Words(held)}";
        var data = new { PauseId = pause?.Id, Class = held, count };
        var incident = pause is null ? null : (await pauses.FindAsync(tx, pause.Id))?.IncidentId;
        await TimelineWriter.AppendAsync(
            tx, Actor.System, new TimelineAppend
            {
                ProgramId = batch.Program.Id,
                Kind = "held",
                HappenedAt = tx.Now,
                Title = title,
                Data = data
            });
        if (incident is { } id)
            await TimelineWriter.AppendAsync(tx, Actor.System,
            new TimelineAppend { IncidentId = id, Kind = "held", HappenedAt = tx.Now, Title = title, Data = data });
        await AuditWriter.AppendAsync(tx, batch.Key.Actor, "gate.held", $"program {batch.Program.Code}", data);
    }

    private static string Words(BatchClass held) => held switch
    {
        BatchClass.A => "late upload (A)",
        BatchClass.B => "collected while stopping (B)",
        BatchClass.C => "violation (C)",
        BatchClass.D => throw new InvalidOperationException("A refused batch is not held."),
    };

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
