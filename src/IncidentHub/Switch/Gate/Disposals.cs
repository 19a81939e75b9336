using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Gate;

/// <summary>Dispositions of quarantined batches, by a person or by the end of a drill.</summary>
internal sealed record DisposalOrder(ProgramFacts Program, Disposition Disposition, string Reason, Actor Actor);

/// <summary>A quarantined batch, as needed for its disposition.</summary>
/// <param name="IncidentIds">The incidents of the pauses behind it.</param>
internal sealed record QuarantinedBatchFacts(QuarantinedBatchState State, IReadOnlyList<Guid> IncidentIds);

/// <summary>All batches of one disposition command, in one or more transactions.</summary>
/// <param name="Incidents">The incidents behind any of the batches.</param>
internal sealed record DisposedInAll(int Batches, IReadOnlyCollection<Guid> Incidents);

/// <summary>Writes dispositions: append-only, in commit order.</summary>
internal static class Disposals
{
    public static IEnumerable<Guid> IncidentsOf(IEnumerable<QuarantinedBatchFacts> batches) =>
        batches.SelectMany(b => b.IncidentIds).Distinct();

    /// <param name="inAll">Set in the last transaction of the command; null before.</param>
    public static async Task DisposeAsync(UnitOfWork tx, DisposalOrder order, IReadOnlyList<QuarantinedBatchFacts> batches,
        DisposedInAll? inAll)
    {
        if (batches.Count > 0) await WriteAsync(tx, order, batches);
        if (batches.Count > 0 || inAll is not null) await tx.RecordAsync(order.Actor, QuarantineHistory.Disposed(order, batches, inAll));
    }

    private static async Task WriteAsync(UnitOfWork tx, DisposalOrder order, IReadOnlyList<QuarantinedBatchFacts> batches)
    {
        var first = await DisposalStore.NumbersAsync(tx, batches.Count);
        var rows = batches.Select((b, i) => new
        {
            Number = first + i,
            BatchId = b.State.Id,
            ProgramId = order.Program.Id,
            Disposition = order.Disposition.ToString(),
            At = tx.Now,
            ById = order.Actor.Id,
            ByName = order.Actor.Name,
            order.Reason,
            Was = b.State.Disposed?.ToString(),
        }).ToList();
        if (await tx.ExecuteAsync("QuarantinedBatch_Dispose", rows) != rows.Count)
            throw new ConcurrencyConflictException("A quarantined batch");
        await tx.ExecuteAsync("GateDisposition_Insert", rows);
        if (batches.Any(b => b.State.Class == BatchClass.C) && !(await QuarantinedData.CountsAsync(tx, order.Program.Id))
            .Any(c => c.Of == BatchClass.C))
            await ViolationAlerts.DecidedAsync(tx, order.Program.Id, order.Actor);
    }
}

/// <summary>Reads the batches and assigns the disposition numbers.</summary>
internal static class DisposalStore
{
    public static async Task<QuarantinedBatchFacts?> FindAsync(ISql sql, Guid programId, Guid id) =>
        await sql.FirstOrDefaultAsync<BriefRow>("QuarantinedBatch_Brief", new { ProgramId = programId, Id = id }) is { } row
            ? (await WithIncidentsAsync(sql, [row]))[0] : null;

    /// <summary>Undecided batches of that class that were quarantined by then, oldest first.</summary>
    public static async Task<IReadOnlyList<QuarantinedBatchFacts>> NextOfClassAsync(
        ISql sql, Guid programId, BatchClass held, DateTimeOffset until, int limit) =>
        await WithIncidentsAsync(sql, await sql.QueryAsync<BriefRow>("QuarantinedBatch_NextOfClass",
            new { ProgramId = programId, Class = held.ToString(), Until = until, Limit = limit }));

    /// <summary>
    /// The first of a range of new numbers. The head's row stays locked until the commit: numbers become visible in order.
    /// </summary>
    public static async Task<long> NumbersAsync(UnitOfWork tx, int count)
    {
        await tx.ExecuteAsync("GateDispositionHead_Take", new { Count = count });
        return await tx.ScalarAsync<long>("GateDispositionHead_Last") - count + 1;
    }

    private static async Task<IReadOnlyList<QuarantinedBatchFacts>> WithIncidentsAsync(ISql sql, IReadOnlyList<BriefRow> rows)
    {
        var ids = JsonSerializer.Serialize(rows.Select(r => r.Id));
        var incidents = (await sql.QueryAsync<IncidentRow>("QuarantinedBatchPause_Incidents", new { Ids = ids }))
            .ToLookup(r => r.BatchId, r => r.IncidentId);
        return [.. rows.Select(r => new QuarantinedBatchFacts(r.State, [.. incidents[r.Id]]))];
    }

    private sealed record IncidentRow
    {
        public required Guid BatchId { get; init; }
        public required Guid IncidentId { get; init; }
    }

    private sealed record BriefRow
    {
        public required Guid Id { get; init; }
        public required string Class { get; init; }
        public required string? Disposition { get; init; }

        public QuarantinedBatchState State =>
            new(Id, Enum.Parse<BatchClass>(Class), Disposition is null ? null : Enum.Parse<Disposition>(Disposition));
    }
}
