using System.Text.Json;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>The parts of a valid acknowledgement that its proof requires.</summary>
/// <param name="BeyondPermit">How long after its permit's end it reports its last collection; negative or null where there was
/// none.</param>
/// <param name="Digest">The digest of the acknowledgement, in hex.</param>
internal sealed record ConfirmedStop(Guid CollectorId, Guid ProgramId, long Epoch, TimeSpan? BeyondPermit, string Digest);

/// <summary>Converts valid acknowledgements, and expired permits, into proof that collectors stopped.</summary>
internal sealed class StopProofs(ProgramReader programs, StopReports reports, StopViolations violations)
{
    /// <summary>
    /// The active pauses of the program up to its epoch that wait for each stop, by the stop's position in the list. One statement,
    /// regardless of their number.
    /// </summary>
    public static async Task<ILookup<int, WaitingStop>> WaitingAsync(ISql sql, IReadOnlyList<ConfirmedStop> stops)
    {
        var rows = JsonSerializer.Serialize(stops.Select((s, n) => new { n, c = s.CollectorId, p = s.ProgramId, e = s.Epoch }));
        return (await sql.QueryAsync<WaitingStop>("PauseStop_Waiting", new { Rows = rows })).ToLookup(w => (int)w.N);
    }

    /// <summary>
    /// Confirms each stop for the pauses that waited for it. One statement, regardless of their number. False where one of them does not
    /// wait any more: then nothing may be committed.
    /// </summary>
    public async Task<bool> ConfirmAsync(UnitOfWork tx, IReadOnlyList<ConfirmedStop> stops, ILookup<int, WaitingStop> waiting)
    {
        var all = waiting.SelectMany(w => w).ToList();
        if (all.Count == 0) return true;
        if (await tx.ExecuteAsync(
            "PauseStop_Confirm", new
            {
                Rows = JsonSerializer.Serialize(all.Select(w => Row(w, stops[(int)w.N], tx.Now))),
                tx.Now
            }) != all.Count) return false;
        foreach (var row in all)
        {
            var stop = stops[(int)row.N];
            // The collector itself reports collection after its permit: that is evidence, whatever else it reports.
            if (stop.BeyondPermit > Guarantee.AfterPermit(TimeSpan.FromSeconds(row.GracePeriodSeconds)))
            {
                var program = (await programs.FindAsync(tx, stop.ProgramId))!;
                await violations.RecordAsync(
                    tx, program, new(stop.CollectorId, row.PermitJti, row.PermitExp, "Its own acknowledgement says so."), [row.PauseId]);
                await ViolationAlerts.RaiseAsync(tx, program, selfReported: true, _ => Task.FromResult(false));
            }
        }
        // Counts that pages show: the act of each collector is recorded with its acknowledgement.
        foreach (var programId in all.Select(w => stops[(int)w.N].ProgramId).Distinct()) tx.Touch(FleetTopic.Of(programId));
        foreach (var pauseId in all.Where(w => w.FullyStoppedAt is null).Select(w => w.PauseId).Distinct())
        {
            if (await StopStore.AnyOpenAsync(tx, pauseId)) continue;
            var pause = (await PauseStore.FindAsync(tx, pauseId))!;
            await reports.CompleteAsync(tx, (await programs.FindAsync(tx, pause.ProgramId))!, pause.State);
        }
        return true;
    }

    private static object Row(WaitingStop row, ConfirmedStop stop, DateTimeOffset now)
    {
        var stopped = new StopEvidence(stop.CollectorId, Guarantee.StoppedBy(row.PermitExp, TimeSpan.FromSeconds(row.GracePeriodSeconds)),
            now,
            row.AssuredAt).ProvenStop!.Value;
        return new { u = row.PauseId, c = stop.CollectorId, d = stop.Digest, ms = StopStore.Milliseconds(stopped - row.ActivatedAt) };
    }

    /// <summary>
    /// Records expiry as proof up to that time, and the full stop once all have stopped. Returns whether anything changed.
    /// </summary>
    public async Task<bool> AssureAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause, DateTimeOffset upTo)
    {
        await reports.WritePopulationAsync(tx, program, pause);
        var assured = await StopStore.AssureAsync(tx, pause.State, pause.GracePeriod!.Value, upTo);
        return await reports.CompleteAsync(tx, program, pause.State) || assured > 0;
    }
}

/// <summary>A pause that waits for the proof of a collector's stop.</summary>
internal sealed record WaitingStop
{
    /// <summary>The stop's position in the requested list.</summary>
    public required long N { get; init; }
    public required Guid PauseId { get; init; }
    public required string PermitJti { get; init; }
    public required DateTimeOffset PermitExp { get; init; }
    public required DateTimeOffset? AssuredAt { get; init; }
    public required DateTimeOffset ActivatedAt { get; init; }
    public required int GracePeriodSeconds { get; init; }
    public required DateTimeOffset? FullyStoppedAt { get; init; }
}
