using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Switch.Pauses;
using IncidentHub.Response.Tasks;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Decisions;

/// <summary>
/// What time does to decisions: «stay paused until» asks again, and a missed condition proposes a pause. What was told is in the tables, so
/// that a late or a second run does no harm.
/// </summary>
internal sealed class DecisionTick(Db db, PauseWriter pauses, TimeProvider clock) : ITick
{
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (due, missed) = await db.ReadAsync(async sql =>
            (await sql.QueryAsync<IdRow>("Decision_DueAgain", new { Now = now }), await TaskWriter.MissedConditionsAsync(sql, now)), ct);
        foreach (var row in due) await db.WriteAsync<Done>(tx => AskAgainAsync(tx, row.Id), ct: ct);
        foreach (var condition in missed) await db.WriteAsync<Done>(tx => MissedAsync(tx, condition), ct: ct);
    }

    private static async Task<Result<Done>> AskAgainAsync(UnitOfWork tx, Guid id)
    {
        if (await DecisionStore.FindAsync(tx, id) is not { State: { Status: not DecisionStatus.Decided, AsksAgainAt: { } due } } decision)
            return default(Done);
        if ((await DecisionStore.LogAsync(tx, id)).Any(l => l.Kind == "asked-again")) return default(Done);
        await DecisionTelling.TellAsync(tx, decision, [new DecisionAskedAgain(due)], Actor.System);
        return default(Done);
    }

    private async Task<Result<Done>> MissedAsync(UnitOfWork tx, MissedCondition missed)
    {
        if (!await TaskWriter.MarkMissedAsync(tx, missed) || missed.ProgramId is not { } program) return default(Done);
        await pauses.ProposeAsync(tx, program, $"A condition of the resume was missed: {missed.Code}.", Actor.System);
        return default(Done);
    }

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}
