using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Response.Tasks;

namespace IncidentHub.Decisions;

/// <summary>
/// The time-driven changes of decisions: the date of a «stay paused until» or of a condition passes. What was recorded is in the tables,
/// so that a late or repeated run has no further effect.
/// </summary>
internal sealed class DecisionTick(Db db, TaskCommands tasks, TimeProvider clock) : ITick
{
    public static TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (due, missed) = await db.ReadAsync(async sql =>
            (await sql.QueryAsync<IdRow>("Decision_DueAgain", new { Now = now }), await TaskReader.MissedConditionsAsync(sql, now)), ct);
        foreach (var row in due)
        {
            await db.WriteAsync<Done>(
                async tx =>
                {
                    await DecisionCommands.OpenSuccessorAsync(tx, row.Id);
                    return default(Done);
                },
                ct: ct);
        }
        foreach (var code in missed) await db.WriteAsync(tx => tasks.MissAsync(tx, code), ct: ct);
    }

    private sealed record IdRow
    {
        public required Guid Id { get; init; }
    }
}
