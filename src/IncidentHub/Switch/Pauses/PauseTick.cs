using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Changes of pauses that depend on time: proposals become active at their deadline, drills end, expiry becomes proof. Due times are stored
/// in the table, so that a late or repeated run does no harm.
/// </summary>
internal sealed partial class PauseTick(Db db, PauseCommands pauses, StopProofs proofs, StopClock clock, ClockSteps steps,
    TimeProvider time, ILogger<PauseTick> log) : ITick
{
    public static TimeSpan Every => TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken ct)
    {
        steps.Look();
        foreach (var due in await db.ReadAsync(sql => PauseStore.DueAsync(sql, time.GetUtcNow()), ct))
        {
            // Read before the transaction: a proof may rely only on time that had elapsed by then.
            var elapsed = due.Status == PauseStatus.Active ? clock.Elapsed(due.Id) : TimeSpan.Zero;
            var done = await db.WriteAsync<Done>(tx => AdvanceAsync(tx, due.Id, elapsed),
                due.Status == PauseStatus.Proposed ? WriteLane.Pause : WriteLane.Normal, ct);
            if (done.Refusal is { } why && why.Code != "nothing_due") LogRefused(due.Id, why.Message);
        }
    }

    /// <summary>Whatever is due for this pause by the transaction's clock.</summary>
    /// <param name="elapsed">How long it has been active by the hub's monotonic clock.</param>
    internal async Task<Result<Done>> AdvanceAsync(UnitOfWork tx, Guid pauseId, TimeSpan elapsed)
    {
        var due = await pauses.GetAsync(tx, pauseId);
        return due.State switch
        {
            // A program that was terminated in the meantime cannot be paused; the proposal is kept as history.
            { Status: PauseStatus.Proposed } p when p.Deadline <= tx.Now => due.Program.Lifecycle == ProgramLifecycle.Terminated
                ? Nothing : await ApplyAsync(tx, due, new ActivatePause()),
            { Status: PauseStatus.Active } p when p.DrillEndsAt <= tx.Now => await ApplyAsync(tx, due, new EndDrill()),
            { Status: PauseStatus.Active } when due.Pause.FullyStoppedAt is null => await ProveAsync(tx, due, elapsed),
            _ => Nothing,
        };
    }

    private async Task<Result<Done>> ApplyAsync(UnitOfWork tx, PauseRecord due, PauseCommand command) =>
        (await pauses.ApplyAsync(tx, due, command, Actor.System)).Refusal is { } refused ? refused : default(Done);

    private async Task<Result<Done>> ProveAsync(UnitOfWork tx, PauseRecord due, TimeSpan elapsed)
    {
        var upTo = Guarantee.AssuredUpTo(due.State.Activated!.At, tx.Now, elapsed);
        if (!await proofs.AssureAsync(tx, due.Program, due.Pause, upTo) && !due.Pause.IsPopulationPending) return Nothing;
        // Counts that pages show: no act happened, so there is no record.
        tx.Touch(FleetTopic.Of(due.Program.Id));
        return default(Done);
    }

    // A refusal, so that nothing is written or committed.
    private static readonly Refusal Nothing = Refusal.NotAllowed("nothing_due", "Nothing is due.");

    [LoggerMessage(LogLevel.Warning, "Pause {Pause} could not be advanced: {Why}")]
    private partial void LogRefused(Guid pause, string why);
}
