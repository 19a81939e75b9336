using IncidentHub.Domain.Pauses;
using IncidentHub.Features.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Pauses;

/// <summary>Turns valid acknowledgements, and permits that have run out, into proof that collectors stopped.</summary>
internal sealed class StopProofs(PauseConsequences consequences, StopViolations violations)
{
    /// <summary>Confirms the collector's stop for all standing pauses up to that epoch that wait for it. Answers their ids.</summary>
    /// <param name="beyondPermit">How long after its permit's end it says that it collected last; negative or null where it did not.</param>
    public async Task<IReadOnlyList<Guid>> ConfirmAsync(UnitOfWork tx, ProgramFacts program, Guid collectorId, long epoch, TimeSpan? beyondPermit, string digest)
    {
        var confirmed = new List<Guid>();
        foreach (var row in await tx.QueryAsync<WaitingRow>("PauseStop_OfCollector", new { CollectorId = collectorId, ProgramId = program.Id, Epoch = epoch }))
        {
            var grace = TimeSpan.FromSeconds(row.GraceSeconds);
            var stopped = new StopEvidence(collectorId, Guarantee.StoppedBy(row.PermitExp, grace), tx.Now, row.AssuredAt).ProvenStop!.Value;
            await tx.ExecuteAsync("PauseStop_Confirm", new { row.PauseId, CollectorId = collectorId, tx.Now, Digest = digest, AfterMs = StopStore.Milliseconds(stopped - row.InForceAt) });
            // It says itself that it went on after its permit: that is evidence, whatever else it says.
            if (beyondPermit > grace + Guarantee.Rounding) await violations.RecordAsync(tx, program, new(collectorId, row.PermitJti, row.PermitExp, "Its own acknowledgement says so."), [row.PauseId]);
            confirmed.Add(row.PauseId);
            if (row.FullyStoppedAt is null && !await StopStore.AnyOpenAsync(tx, row.PauseId))
                await consequences.SettleAsync(tx, program, (await PauseStore.FindAsync(tx, row.PauseId))!.State);
        }
        return confirmed;
    }

    /// <summary>Records expiry as proof up to that moment, and says so once all have stopped. Answers whether anything changed.</summary>
    public async Task<bool> AssureAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause, DateTimeOffset upTo)
    {
        var assured = await StopStore.AssureAsync(tx, pause.State, pause.Grace!.Value, upTo);
        return await consequences.SettleAsync(tx, program, pause.State) || assured > 0;
    }

    private sealed record WaitingRow
    {
        public required Guid PauseId { get; init; }
        public required string PermitJti { get; init; }
        public required DateTimeOffset PermitExp { get; init; }
        public required DateTimeOffset? AssuredAt { get; init; }
        public required DateTimeOffset InForceAt { get; init; }
        public required int GraceSeconds { get; init; }
        public required DateTimeOffset? FullyStoppedAt { get; init; }
    }
}
