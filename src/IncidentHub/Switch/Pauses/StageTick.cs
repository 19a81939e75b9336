using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Begins the stages of resumes whose soak time has passed. Due times are stored in the table, so that a late or repeated run does no harm.
/// </summary>
internal sealed class StageTick(Db db, StagedResume resume, TimeProvider time) : ITick
{
    // A refusal, so that nothing is written or committed.
    private static readonly Refusal Waits = Refusal.NotAllowed("nothing_due", "Nothing is due.");

    public static TimeSpan Every => TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var due in await db.ReadAsync(sql => StageStore.DueAsync(sql, time.GetUtcNow()), ct))
            await db.WriteAsync<Done>(async tx => await resume.AdvanceAsync(tx, due) ? default(Done) : Waits, ct: ct);
    }
}
