using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>Somebody who may pause has the collectors of a standing pause seal what they have buffered.</summary>
internal sealed record SealStandingBuffers(Guid PauseId, int? ExpectedVersion = null);

internal sealed class SealBuffersHandler(Db db, ProgramReader programs, PauseConsequences consequences)
{
    public Task<Result<PauseFacts>> HandleAsync(SealStandingBuffers command, Actor actor, CancellationToken ct = default) =>
        db.WriteAsync<PauseFacts>(
        async tx =>
        {
            if (AccessTable.Deny(actor, Act.ReadPrograms) is { } blind) return blind;
            if (await PauseStore.FindAsync(tx, command.PauseId) is not { } pause) return Refusal.NotFound("The pause");
            var program = await programs.FindAsync(tx, pause.ProgramId)
                ?? throw new InvalidOperationException("The pause's program does not exist.");
            if (AccessTable.Deny(actor, Act.PauseProgram, program.Relation(actor)) is { } denied) return denied;
            if (command.ExpectedVersion is { } expected && expected != pause.State.Version)
                return Refusal.Stale(
                    "This pause was changed in the meantime. Your change was not saved. Load the current version, then try again.");
            var outcome = PauseRules.Decide(pause.State, new SealBuffers(), actor, tx.Now);
            if (outcome.Refusal is { } refused) return refused;
            await consequences.SealAsync(tx, program, pause, outcome.Value.Next, actor);
            return (await PauseStore.FindAsync(tx, pause.Id))!;
        },
        WriteLane.Pause,
        ct);
}
