using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>The owner answers a proposed pause with a reason why it is not needed.</summary>
internal sealed record DeclineProposal(Guid PauseId, string? Reason, int? ExpectedVersion = null);

/// <summary>Somebody who may pause does not wait for the deadline.</summary>
internal sealed record EnforceProposal(Guid PauseId, int? ExpectedVersion = null);

internal sealed class AnswerProposalHandler(Db db, ProgramReader programs, PauseConsequences consequences)
{
    public Task<Result<PauseFacts>> HandleAsync(DeclineProposal command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<PauseFacts>(
        tx => ChangeAsync(tx, command.PauseId, command.ExpectedVersion, Act.DeclinePause, actor, async (program, pause) =>
        {
            var outcome = PauseRules.Decide(pause.State, new DeclinePause(command.Reason ?? ""), actor, tx.Now);
            if (outcome is { IsOk: true, Value: var accepted }) await consequences.DeclineAsync(tx, program, pause, accepted.Next, actor);
            return outcome;
        }),
        ct: ct);

    public Task<Result<PauseFacts>> HandleAsync(EnforceProposal command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<PauseFacts>(
        tx => ChangeAsync(tx, command.PauseId, command.ExpectedVersion, Act.PauseProgram, actor, async (program, pause) =>
        {
            var outcome = PauseRules.Decide(pause.State, new BringInForce(await consequences.RaiseAsync(tx, program)), actor, tx.Now);
            if (outcome is { IsOk: true, Value: var accepted }) await consequences.TakeForceAsync(tx, program, pause, accepted.Next, actor);
            return outcome;
        }),
        WriteLane.Pause,
        ct);

    private async Task<Result<PauseFacts>> ChangeAsync(
        UnitOfWork tx, Guid pauseId, int? expectedVersion, Act act, Actor actor,
            Func<ProgramFacts, PauseFacts, Task<Result<Accepted<PauseState>>>> change)
    {
        if (AccessTable.Deny(actor, Act.ReadPrograms) is { } blind) return blind;
        if (await PauseStore.FindAsync(tx, pauseId) is not { } pause) return Refusal.NotFound("The pause");
        var program = await programs.FindAsync(tx, pause.ProgramId)
            ?? throw new InvalidOperationException("The pause's program does not exist.");
        if (AccessTable.Deny(actor, act, program.Relation(actor)) is { } denied) return denied;
        if (expectedVersion is { } expected && expected != pause.State.Version)
        {
            var last = pause.State.Ended ?? pause.State.InForce ?? pause.State.Placed;
            return Refusal.Stale(
                $"This pause was changed by {last.Name} in the meantime. Your answer was not saved. Load the current version to see its "
                    + $"status.");
        }
        return await change(program, pause) is { Refusal: { } refused } ? refused : (await PauseStore.FindAsync(tx, pauseId))!;
    }
}
