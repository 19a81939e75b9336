using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Pauses;

/// <summary>A valid acknowledgement, as its proof needs it.</summary>
/// <param name="BeyondPermit">How long after its permit's end it says that it collected last; negative or null where it did not.</param>
/// <param name="Digest">Of the acknowledgement, in hex.</param>
internal sealed record ConfirmedStop(Guid CollectorId, Guid ProgramId, long Epoch, TimeSpan? BeyondPermit, string Digest);

/// <summary>Turns valid acknowledgements, and permits that have run out, into proof that collectors stopped.</summary>
internal sealed class StopProofs(ProgramReader programs, PauseConsequences consequences, StopViolations violations)
{
    /// <summary>Confirms each stop for all standing pauses of its program up to its epoch that wait for it. Two statements, however many they are. Answers the pauses' ids, in the order of the stops.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Guid>>> ConfirmAsync(UnitOfWork tx, IReadOnlyList<ConfirmedStop> stops)
    {
        var confirmed = stops.Select(_ => new List<Guid>()).ToList();
        var asked = JsonSerializer.Serialize(stops.Select((s, n) => new { n, c = s.CollectorId, p = s.ProgramId, e = s.Epoch }));
        var waiting = await tx.QueryAsync<WaitingRow>("PauseStop_Waiting", new { Rows = asked });
        if (waiting.Count == 0) return confirmed;
        await tx.ExecuteAsync("PauseStop_Confirm", new { Rows = JsonSerializer.Serialize(waiting.Select(w => Row(w, stops[(int)w.N], tx.Now))), tx.Now });
        foreach (var row in waiting)
        {
            var stop = stops[(int)row.N];
            confirmed[(int)row.N].Add(row.PauseId);
            // It says itself that it went on after its permit: that is evidence, whatever else it says.
            if (stop.BeyondPermit > TimeSpan.FromSeconds(row.GraceSeconds) + Guarantee.Rounding)
            {
                var program = (await programs.FindAsync(tx, stop.ProgramId))!;
                await violations.RecordAsync(tx, program, new(stop.CollectorId, row.PermitJti, row.PermitExp, "Its own acknowledgement says so."), [row.PauseId]);
                await ViolationAlerts.RaiseAsync(tx, program, ownWord: true, _ => Task.FromResult(false));
            }
        }
        foreach (var pauseId in waiting.Where(w => w.FullyStoppedAt is null).Select(w => w.PauseId).Distinct())
        {
            if (await StopStore.AnyOpenAsync(tx, pauseId)) continue;
            var pause = (await PauseStore.FindAsync(tx, pauseId))!;
            await consequences.SettleAsync(tx, (await programs.FindAsync(tx, pause.ProgramId))!, pause.State);
        }
        return confirmed;
    }

    private static object Row(WaitingRow row, ConfirmedStop stop, DateTimeOffset now)
    {
        var stopped = new StopEvidence(stop.CollectorId, Guarantee.StoppedBy(row.PermitExp, TimeSpan.FromSeconds(row.GraceSeconds)), now, row.AssuredAt).ProvenStop!.Value;
        return new { u = row.PauseId, c = stop.CollectorId, d = stop.Digest, ms = StopStore.Milliseconds(stopped - row.InForceAt) };
    }

    /// <summary>Records expiry as proof up to that moment, and says so once all have stopped. Answers whether anything changed.</summary>
    public async Task<bool> AssureAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause, DateTimeOffset upTo)
    {
        var assured = await StopStore.AssureAsync(tx, pause.State, pause.Grace!.Value, upTo);
        return await consequences.SettleAsync(tx, program, pause.State) || assured > 0;
    }

    private sealed record WaitingRow
    {
        public required long N { get; init; }
        public required Guid PauseId { get; init; }
        public required string PermitJti { get; init; }
        public required DateTimeOffset PermitExp { get; init; }
        public required DateTimeOffset? AssuredAt { get; init; }
        public required DateTimeOffset InForceAt { get; init; }
        public required int GraceSeconds { get; init; }
        public required DateTimeOffset? FullyStoppedAt { get; init; }
    }
}
