using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Whether the switch of a program needs a person's confirmation, after a backup was restored.</summary>
/// <param name="UnconfirmedSince">Since when no permit is issued; null where they are.</param>
/// <param name="CollectorsAhead">Collectors that have seen a higher epoch than the hub has: they have stopped.</param>
/// <param name="HighestEpochSeen">The highest one; null where there is none.</param>
internal sealed record SwitchStanding(long Epoch, DateTimeOffset? UnconfirmedSince, long CollectorsAhead, long? HighestEpochSeen)
{
    public bool NeedsConfirmation => UnconfirmedSince is not null || CollectorsAhead > 0;
}

/// <summary>The representation in the API.</summary>
internal sealed record SwitchStandingView(string Program, bool NeedsConfirmation, long Epoch, DateTimeOffset? UnconfirmedSince,
    long CollectorsAhead, long? HighestEpochSeen);

/// <summary>A person says that the pauses which the hub has are those that should be active.</summary>
/// <param name="Epoch">The program's epoch as that person saw it.</param>
internal sealed record ConfirmSwitch(string ProgramCode, long? Epoch, string? Reason);

/// <summary>
/// The confirmation raises the epoch above every one that a collector has seen, so that they trust the hub again. A collector that was not
/// connected may have seen a higher one still: the program then needs another confirmation.
/// </summary>
internal sealed class SwitchConfirmation(Db db, ProgramReader programs)
{
    public const int MaxReason = 2_000;

    public async Task<Result<SwitchStandingView>> FindAsync(string code, Actor viewer, CancellationToken ct = default)
    {
        if (AccessTable.Deny(viewer, Act.ReadPrograms) is { } denied) return denied;
        return await db.ReadAsync<Result<SwitchStandingView>>(async sql =>
            await programs.FindByCodeAsync(sql, code) is not { } program ? Refusal.NotFound("The program")
                : ToView(program, await StandingAsync(sql, program.Id)), ct);
    }

    public Task<Result<SwitchStandingView>> ConfirmAsync(ConfirmSwitch command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<SwitchStandingView>(
            async tx =>
            {
                if (AccessTable.Deny(actor, Act.ReadPrograms) is { } blind) return blind;
                if (await programs.FindByCodeAsync(tx, command.ProgramCode) is not { } program) return Refusal.NotFound("The program");
                if (AccessTable.Deny(actor, Act.ConfirmSwitch, program.Relation(actor)) is { } denied) return denied;
                var check = new Validation().Text(command.Reason, "reason", MaxReason)
                    .Check(command.Epoch is not null, "epoch", "The epoch that the program's switch has now.");
                if (check.ToRefusal() is { } invalid) return invalid;
                await ProgramSwitch.LockAsync(tx, program.Id);
                var standing = await StandingAsync(tx, program.Id);
                if (!standing.NeedsConfirmation) return Refusal.NotAllowed("nothing_to_confirm", "Nothing waits for a confirmation.");
                if (command.Epoch != standing.Epoch)
                {
                    return Refusal.Stale("What may be collected has changed in the meantime. Nothing was confirmed. Load the page again, "
                        + "and look at the pauses.");
                }
                var epoch = EpochTrust.Confirmed(standing.Epoch, standing.HighestEpochSeen);
                await tx.ExecuteAsync("Switch_Confirm", new { ProgramId = program.Id, Epoch = epoch, Was = standing.Epoch });
                await ProgramSwitch.RecordAsync(tx, program, epoch, EpochCause.Program, null);
                await tx.RecordAsync(actor, ConfirmationHistory.Confirmed(program, standing, epoch, command.Reason!.Clean()));
                return ToView(program, await StandingAsync(tx, program.Id));
            },
            ct: ct);

    private static async Task<SwitchStanding> StandingAsync(ISql sql, Guid programId)
    {
        var (epoch, since) = await ProgramSwitch.StandingAsync(sql, programId);
        var ahead = await sql.FirstOrDefaultAsync<AheadRow>("Switch_Ahead",
            new { ProgramId = programId, Epoch = epoch, Most = epoch + EpochTrust.MostAhead });
        return new(epoch, since, ahead?.Collectors ?? 0, ahead?.Highest);
    }

    private static SwitchStandingView ToView(ProgramFacts program, SwitchStanding s) =>
        new(program.Code, s.NeedsConfirmation, s.Epoch, s.UnconfirmedSince, s.CollectorsAhead, s.HighestEpochSeen);

    private sealed record AheadRow
    {
        public required long Collectors { get; init; }
        public required long? Highest { get; init; }
    }
}
