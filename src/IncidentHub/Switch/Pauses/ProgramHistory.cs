using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Published reader: what was allowed when.</summary>
internal static class ProgramHistory
{
    /// <summary>More epochs than anybody makes while a permit lives: what is older than so many is not judged any more.</summary>
    public const int Most = 512;

    /// <summary>The epochs from that one to the one in force; null where it is not known, or too many have followed.</summary>
    public static async Task<AllowanceHistory?> FromAsync(ISql sql, Guid programId, long epoch)
    {
        var rows = await sql.QueryAsync<EpochRow>("ProgramEpoch_From", new { ProgramId = programId, Epoch = epoch, Limit = Most + 1 });
        // The one asked for must be there, and an epoch without its rule ended before rules were kept: nothing can be said about it.
        return rows.Count is 0 or > Most || rows[0].Epoch != epoch || rows.Any(r => r.Terms is null)
            ? null : new(rows.Select(r => TermsText.Read(r.Epoch, r.At, r.Terms!)));
    }

    private sealed record EpochRow
    {
        public required long Epoch { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string? Terms { get; init; }
    }
}

/// <summary>
/// Gives every program's present epoch its rule, where it began before rules were kept. Runs before the first permit is given out.
/// </summary>
internal sealed class HistoryBeginning(Db db, ProgramReader programs) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await db.ReadAsync(sql => sql.QueryAsync<MissingRow>("ProgramEpoch_WithoutTerms"), cancellationToken))
            await db.WriteAsync<Done>(tx => BeginAsync(tx, row.ProgramId), ct: cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Result<Done>> BeginAsync(UnitOfWork tx, Guid programId)
    {
        var program = await programs.FindAsync(tx, programId)
            ?? throw new InvalidOperationException("A switch belongs to a program that does not exist.");
        var epoch = await ProgramSwitch.EpochAsync(tx, programId);
        // Whatever changes the rule raises the epoch: the program as it is now is what the epoch began with.
        var terms = TermsText.Of(program, (await PauseStore.OpenOfProgramAsync(tx, programId)).Select(p => p.State));
        if (await tx.ExecuteAsync("ProgramEpoch_SetTerms", new { ProgramId = programId, Epoch = epoch, Terms = terms }) == 0)
            await ProgramSwitch.RecordAsync(tx, program, epoch, EpochCause.Program, null);
        return default(Done);
    }

    private sealed record MissingRow
    {
        public required Guid ProgramId { get; init; }
    }
}
