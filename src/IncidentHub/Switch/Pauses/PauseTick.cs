using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// What time does to pauses: proposals come in force at their deadline, drills end, expiry becomes proof. Due times are in the table, so
/// that a late or a second run does no harm.
/// </summary>
internal sealed partial class PauseTick(Db db, ProgramReader programs, PauseConsequences consequences, StopProofs proofs, StopClock clock,
    ClockSteps steps, TimeProvider time, ILogger<PauseTick> log) : ITick
{
    public async Task RunAsync(CancellationToken ct)
    {
        steps.Look();
        foreach (var due in await db.ReadAsync(sql => PauseStore.DueAsync(sql, time.GetUtcNow()), ct))
        {
            // Read before the transaction: the proof may rest only on time that had passed by then.
            var elapsed = due.Status == PauseStatus.InForce ? clock.Elapsed(due.Id) : TimeSpan.Zero;
            var done = await db.WriteAsync<Done>(tx => AdvanceAsync(tx, due.Id, elapsed),
                due.Status == PauseStatus.Proposed ? WriteLane.Pause : WriteLane.Normal, ct);
            if (done.Refusal is { } why && why.Code != "nothing_due") LogRefused(due.Id, why.Message);
        }
    }

    /// <summary>What is due for this pause by the transaction's clock.</summary>
    /// <param name="elapsed">How long it has been in force by the hub's monotonic clock.</param>
    internal async Task<Result<Done>> AdvanceAsync(UnitOfWork tx, Guid pauseId, TimeSpan elapsed)
    {
        var pause = (await PauseStore.FindAsync(tx, pauseId))!;
        var program = await programs.FindAsync(tx, pause.ProgramId)
            ?? throw new InvalidOperationException("The pause's program does not exist.");
        return pause.State switch
        {
            { Status: PauseStatus.Proposed } p when p.Deadline <= tx.Now => await EnforceAsync(tx, program, pause),
            { Status: PauseStatus.InForce } p when p.DrillEndsAt <= tx.Now => await EndDrillAsync(tx, program, pause),
            { Status: PauseStatus.InForce } when pause.FullyStoppedAt is null => await ProveAsync(tx, program, pause, elapsed),
            _ => Nothing,
        };
    }

    private async Task<Result<Done>> EnforceAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause)
    {
        // A program that was terminated meanwhile has nothing left to pause; the proposal stays as history.
        if (program.Lifecycle == Domain.Programs.ProgramLifecycle.Terminated) return Nothing;
        var outcome = PauseRules.Decide(pause.State, new BringInForce(await consequences.RaiseAsync(tx, program)), Actor.System, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        await consequences.TakeForceAsync(tx, program, pause, outcome.Value.Next, Actor.System);
        return default(Done);
    }

    private async Task<Result<Done>> EndDrillAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause)
    {
        var outcome = PauseRules.Decide(pause.State, new EndDrill(), Actor.System, tx.Now);
        if (outcome.Refusal is { } refused) return refused;
        await consequences.EndAsync(tx, program, pause, outcome.Value.Next, EpochCause.DrillEnd, Actor.System);
        clock.Forget(pause.Id);
        return default(Done);
    }

    private async Task<Result<Done>> ProveAsync(UnitOfWork tx, ProgramFacts program, PauseFacts pause, TimeSpan elapsed)
    {
        var upTo = Guarantee.AssuredUpTo(pause.State.InForce!.At, tx.Now, elapsed);
        if (!await proofs.AssureAsync(tx, program, pause, upTo) && !pause.IsUncounted) return Nothing;
        tx.Touch(FleetTopic.Of(program.Id));
        return default(Done);
    }

    // A refusal, so that nothing is written nor committed.
    private static readonly Refusal Nothing = Refusal.NotAllowed("nothing_due", "Nothing is due.");

    [LoggerMessage(LogLevel.Warning, "Pause {Pause} could not be advanced: {Why}")]
    private partial void LogRefused(Guid pause, string why);
}
