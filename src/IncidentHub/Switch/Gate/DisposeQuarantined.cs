using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Gate;

/// <summary>Disposes of quarantined batches: the named ones, or every undecided one of a class.</summary>
internal sealed record DisposeQuarantined(string ProgramCode, Disposition Disposition, string? Reason, IReadOnlyList<Guid>? Ids = null,
    BatchClass? Class = null);

internal sealed class DisposeQuarantinedHandler(Db db, ProgramReader programs, IPurgeGuard guard, TimeProvider clock)
{
    public const int MaxIds = 200;

    /// <summary>
    /// Returns the number of batches. Named ones are disposed of all or none; a whole class in several transactions, so that other writers
    /// do not wait.
    /// </summary>
    public async Task<Result<int>> HandleAsync(DisposeQuarantined command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.ReadPrograms) is { } blind) return blind;
        if (await db.ReadAsync(sql => programs.FindByCodeAsync(sql, command.ProgramCode), ct) is not { } program)
            return Refusal.NotFound("The program");
        if (AccessTable.Deny(actor, Act.DisposeQuarantinedData, program.Relation(actor)) is { } denied) return denied;
        var check = new Validation().Text(command.Reason, "reason", QuarantineRules.MaxReason)
            .Check(Enum.IsDefined(command.Disposition), "disposition", "Admit, Seal or Purge.")
            .Check(command.Ids is { Count: > 0 } != command.Class is not null, "ids", "Name the batches, or the class of all of them.")
            .Check(command.Ids is not { Count: > MaxIds }, "ids", $"At most {MaxIds} at once; or name the class.")
            .Check(command.Class is null or BatchClass.A or BatchClass.B or BatchClass.C, "class",
                "A, B or C. Refused batches (D) are not quarantined.");
        if (check.ToRefusal() is { } invalid) return invalid;
        var order = new DisposalOrder(program, command.Disposition, command.Reason!.Clean(), actor);
        return command.Class is { } all
            ? await ClassAsync(order, all, ct)
            : await db.WriteAsync<int>(tx => NamedAsync(tx, order, [.. command.Ids!.Distinct()]), ct: ct);
    }

    private async Task<Result<int>> NamedAsync(UnitOfWork tx, DisposalOrder order, IReadOnlyList<Guid> ids)
    {
        var batches = new List<QuarantinedBatchFacts>();
        var hold = await HoldAsync(tx, order);
        foreach (var id in ids)
        {
            if (await DisposalStore.FindAsync(tx, order.Program.Id, id) is not { } batch) return Refusal.NotFound("A batch of this list");
            if (QuarantineRules.Refuse(batch.State, order.Disposition, order.Actor, hold) is { } why) return why;
            batches.Add(batch);
        }
        await Disposals.DisposeAsync(tx, order, batches, new(batches.Count, [.. Disposals.IncidentsOf(batches)]));
        return batches.Count;
    }

    private async Task<Result<int>> ClassAsync(DisposalOrder order, BatchClass all, CancellationToken ct)
    {
        // Batches that arrive from now on were not part of the decision.
        var (until, done) = (clock.GetUtcNow(), 0);
        var incidents = new HashSet<Guid>();
        while (true)
        {
            var isLast = false;
            var some = await db.WriteAsync<int>(
                async tx =>
                {
                    // Checked in each transaction: a hold may be placed between two of them.
                    if (QuarantineRules.Refuse(new(Guid.Empty, all, null), order.Disposition, order.Actor, await HoldAsync(tx, order))
                        is { } why)
                        return why;
                    var next = await DisposalStore.NextOfClassAsync(tx, order.Program.Id, all, until, MaxIds + 1);
                    var batches = next.Take(MaxIds).ToList();
                    incidents.UnionWith(Disposals.IncidentsOf(batches));
                    isLast = next.Count <= MaxIds;
                    var inAll = done + batches.Count;
                    await Disposals.DisposeAsync(tx, order, batches, isLast && inAll > 0 ? new(inAll, incidents) : null);
                    return batches.Count;
                },
                ct: ct);
            if (!some.IsOk) return done == 0 ? some.Refusal! : await RefuseRestAsync(order, done, incidents, some.Refusal!);
            done += some.Value;
            if (isLast) return done;
        }
    }

    /// <summary>
    /// A hold was placed between two transactions: batches that were purged before it stay purged, and their number is recorded.
    /// </summary>
    private async Task<Result<int>> RefuseRestAsync(DisposalOrder order, int done, IReadOnlyCollection<Guid> incidents, Refusal why)
    {
        await db.WriteAsync<Done>(async tx =>
        {
            await Disposals.DisposeAsync(tx, order, [], new(done, incidents));
            return default(Done);
        });
        return why with
        {
            Message = $"A legal hold was placed in the meantime. {done:N0} batches were purged before it; the others were not."
        };
    }

    private async Task<HoldNotice?> HoldAsync(UnitOfWork tx, DisposalOrder order) =>
        order.Disposition == Disposition.Purge ? await guard.FindHoldAsync(tx, order.Actor, order.Program.Id) : null;
}
