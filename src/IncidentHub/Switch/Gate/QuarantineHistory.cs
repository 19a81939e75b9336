using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Gate;

/// <summary>The records of refused batches, quarantined batches and their dispositions.</summary>
internal static class QuarantineHistory
{
    /// <summary>A batch was quarantined: the first, the tenth, the hundredth, … of its class under its pause.</summary>
    /// <param name="behind">One of the pauses behind it, each of which has an entry of its own; null where none is known.</param>
    public static JournalEntry Quarantined(SubmittedBatch batch, GateEntry entry, PauseBehind? behind, long count)
    {
        var (held, pause) = (entry.Class!.Value, behind?.Pause);
        var line = new TimelineEntry
        {
            // The key sent the batch; the hub quarantines it.
            By = Actor.System,
            ProgramId = batch.Program.Id,
            Kind = "quarantined",
            Title = $"{batch.Program.Code}: {(count == 1 ? "a batch" : $"{count:N0} batches so far")} quarantined, {Words(held)}",
            Data = new { PauseId = pause?.Id, Class = held, count },
        };
        return new()
        {
            By = batch.Key.Actor,
            Action = "gate.held",
            Subject = $"program {batch.Program.Code}",
            Detail = new { PauseId = pause?.Id, Class = held, count, entry.BatchId, batch.CollectorId, batch.Digest },
            Timeline = behind?.IncidentId is { } id
                ? [line with { About = [id], PublicTitle = line.Title }, line with { ProgramId = null, IncidentId = id }]
                : [line],
        };
    }

    /// <summary>A batch was refused: the first, the tenth, the hundredth, … of its kind in an hour.</summary>
    /// <param name="collectorId">Null where no permit proves who uploaded it.</param>
    public static JournalEntry Refused(SubmittedBatch batch, GateReason reason, long count, Guid? collectorId) => new()
    {
        By = batch.Key.Actor,
        Action = "gate.refused",
        Subject = $"program {batch.Program.Code}",
        Detail = new
        {
            Reason = reason,
            RefusedThisHour = count,
            CollectorId = collectorId,
            batch.Digest,
            batch.Body.FirstSequence,
            batch.Body.LastSequence,
            batch.Body.Items,
        },
    };

    /// <summary>Batches were disposed of.</summary>
    /// <param name="batches">The batches of this transaction.</param>
    /// <param name="inAll">
    /// Where these were the last: how many in all, and the incidents behind any of them. One entry on each timeline, however many.
    /// </param>
    public static JournalEntry Disposed(DisposalOrder order, IReadOnlyList<QuarantinedBatchFacts> batches, DisposedInAll? inAll) => new()
    {
        By = order.Actor,
        Action = $"quarantined-data.{QuarantineRules.Word(order.Disposition)}",
        Subject = $"program {order.Program.Code}",
        // The reason may refer to any of them.
        About = [.. Disposals.IncidentsOf(batches), .. inAll?.Incidents ?? []],
        Detail = new { order.Reason, Batches = batches.Select(b => b.State.Id), InAll = inAll?.Batches, inAll?.Incidents },
        Timeline = inAll is null ? [] : [.. Entries(order, inAll)],
        Topics = [QuarantinedData.Topic(order.Program.Id), $"program:{order.Program.Id}"],
    };

    // Without the reason: it is one for all batches, and may refer to any incident behind them. It is kept with the batches.
    private static IEnumerable<TimelineEntry> Entries(DisposalOrder order, DisposedInAll inAll)
    {
        var count = inAll.Batches;
        var entry = new TimelineEntry
        {
            ProgramId = order.Program.Id,
            Kind = "quarantine-decided",
            Title = $"{order.Program.Code}: {(count == 1 ? "a quarantined batch" : $"{count:N0} quarantined batches")} "
                + QuarantineRules.Word(order.Disposition),
            Data = new { count, order.Disposition },
        };
        return inAll.Incidents.Select(id => entry with { ProgramId = null, IncidentId = id }).Prepend(entry);
    }

    private static string Words(BatchClass held) => held switch
    {
        BatchClass.A => "late upload (A)",
        BatchClass.B => "collected while stopping (B)",
        BatchClass.C => "violation (C)",
        BatchClass.D => throw new InvalidOperationException("A refused batch is not quarantined."),
    };
}
