using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Gate;

/// <summary>What somebody, or a drill's end, decided about quarantined batches.</summary>
internal sealed record DisposalOrder(ProgramFacts Program, Disposition Disposition, string Reason, Actor Actor);

/// <summary>A held batch, as far as deciding about it goes.</summary>
internal sealed record HeldBrief(HeldState State, Guid? IncidentId);

/// <summary>Writes dispositions: appended in the order of their commits, never edited; audited; told on the timelines.</summary>
internal static class Disposals
{
    public static IEnumerable<Guid> IncidentsOf(IEnumerable<HeldBrief> batches) =>
        batches.Select(b => b.IncidentId).OfType<Guid>().Distinct();

    public static async Task DisposeAsync(UnitOfWork tx, DisposalOrder order, IReadOnlyList<HeldBrief> batches)
    {
        if (batches.Count == 0) return;
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
        if (await tx.ExecuteAsync("HeldBatch_Dispose", rows) != rows.Count) throw new ConcurrencyConflictException("A quarantined batch");
        await tx.ExecuteAsync("GateDisposition_Insert", rows);
        await AuditWriter.AppendAsync(tx, order.Actor, $"held-data.{HeldRules.Word(order.Disposition)}", $"program {order.Program.Code}",
            new { order.Reason, Batches = batches.Select(b => b.State.Id) });
        tx.Touch(HeldData.Topic(order.Program.Id), $"program:{order.Program.Id}");
        if (batches.Any(b => b.State.Class == BatchClass.C) && !(await HeldData.CountsAsync(tx, order.Program.Id))
            .Any(c => c.Of == BatchClass.C))
            await ViolationAlerts.DecidedAsync(tx, order.Program.Id, order.Actor);
    }

    /// <summary>One entry for all of them, however many.</summary>
    /// <param name="incidents">What stands behind any of them.</param>
    public static async Task TellAsync(UnitOfWork tx, DisposalOrder order, int count, IReadOnlyCollection<Guid> incidents)
    {
        var title =
            $"{order.Program.Code}: {(count == 1 ? "a quarantined batch" : $"{count:N0} quarantined batches")} "
                + $"{HeldRules.Word(order.Disposition)}";
        var entry = new TimelineAppend
        {
            Kind = "held-decided",
            HappenedAt = tx.Now,
            Title = title,
            Data = new { count, order.Disposition }
        };
        // The program's own timeline is read by everybody: it does not say why, where an incident stands behind it.
        await TimelineWriter.AppendAsync(
            tx, order.Actor, entry with { ProgramId = order.Program.Id, Body = incidents.Count == 0 ? order.Reason : null });
        foreach (var incident in incidents)
            await TimelineWriter.AppendAsync(tx, order.Actor, entry with { IncidentId = incident, Body = order.Reason });
    }
}

/// <summary>Reads and numbers what is disposed of.</summary>
internal static class DisposalStore
{
    public static async Task<HeldBrief?> FindAsync(ISql sql, Guid programId, Guid id) =>
        (await sql.FirstOrDefaultAsync<BriefRow>("HeldBatch_Brief", new { ProgramId = programId, Id = id }))?.ToBrief();

    /// <summary>Undecided ones of that class that were held by then, the oldest first.</summary>
    public static async Task<IReadOnlyList<HeldBrief>> NextOfClassAsync(
        ISql sql, Guid programId, BatchClass held, DateTimeOffset until, int limit) =>
        [.. (await sql.QueryAsync<BriefRow>("HeldBatch_NextOfClass",
            new { ProgramId = programId, Class = held.ToString(), Until = until, Limit = limit })).Select(r => r.ToBrief())];

    /// <summary>The first of so many numbers. The head's row stays taken until the commit: numbers are visible in their order.</summary>
    public static async Task<long> NumbersAsync(UnitOfWork tx, int count)
    {
        await tx.ExecuteAsync("GateDispositionHead_Take", new { Count = count });
        return await tx.ScalarAsync<long>("GateDispositionHead_Last") - count + 1;
    }

    private sealed record BriefRow
    {
        public required Guid Id { get; init; }
        public required string Class { get; init; }
        public required string? Disposition { get; init; }
        public required Guid? IncidentId { get; init; }

        public HeldBrief ToBrief() =>
            new(new(Id, Enum.Parse<BatchClass>(Class), Disposition is null ? null : Enum.Parse<Disposition>(Disposition)), IncidentId);
    }
}
