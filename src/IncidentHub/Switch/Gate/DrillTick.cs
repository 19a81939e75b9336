using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Switch.Gate;

/// <summary>
/// A drill has no decision: when it has ended, data that was collected before it and only uploaded during it is admitted. Where a real
/// pause is active by then, or the program is terminated, a person decides about it as about any other. Classes B and C always require a
/// person.
/// </summary>
internal sealed class DrillTick(Db db, ProgramReader programs, PauseReader pauses) : ITick
{
    private const int BatchSize = 200;
    private const string Reason = "The drill ended as planned, and nothing else prevents admission.";

    public static TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var row in await db.ReadAsync(sql => sql.QueryAsync<ProgramRow>("QuarantinedBatch_DrillsOver"), ct))
        {
            while ((await db.WriteAsync<int>(tx => ReleaseAsync(tx, row.ProgramId), ct: ct)).Value == BatchSize)
                ct.ThrowIfCancellationRequested();
        }
    }

    private async Task<Result<int>> ReleaseAsync(UnitOfWork tx, Guid programId)
    {
        var batches = (await tx.QueryAsync<IdRow>("QuarantinedBatch_OfDrillsOver", new { ProgramId = programId, Limit = BatchSize }))
            .Select(r => new QuarantinedBatchFacts(new(r.Id, BatchClass.A, null), [])).ToList();
        if (batches.Count == 0) return 0;
        var program = await programs.FindAsync(tx, programId)
            ?? throw new InvalidOperationException("Quarantined data belongs to a program that does not exist.");
        var standing = (await pauses.OpenOfProgramAsync(tx, programId)).Where(p => p.Status == PauseStatus.Active).ToList();
        if (program.Lifecycle != ProgramLifecycle.Live || standing.Exists(p => !p.IsDrill))
        {
            await tx.ExecuteAsync("QuarantinedBatch_NotOnlyDrills", batches.Select(b => new { b.State.Id }).ToList());
            // Data that waited for the end of the drill waits for a person now. It was not changed, so there is no record.
            await tx.RaiseAsync(new DataQuarantined(programId), Actor.System);
            tx.Touch(QuarantinedData.Topic(programId));
            return batches.Count;
        }
        // Another drill is active: its end releases them.
        if (standing.Count > 0) return 0;
        var order = new DisposalOrder(program, Disposition.Admit, Reason, Actor.System);
        await Disposals.DisposeAsync(tx, order, batches, new(batches.Count, []));
        return batches.Count;
    }

    private sealed record ProgramRow
    {
        public required Guid ProgramId { get; init; }
    }

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}
