using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// A backup was restored: a pause that was placed since it was made is unknown, also to collectors that had not heard of it. No permit of a
/// live program is issued until a person confirms what may be collected: <see cref="SwitchConfirmation"/>.
/// </summary>
internal sealed class RestoredSwitches(ProgramReader programs, IOptions<SwitchLimits> limits) : IEventHandler<DatabaseRestored>
{
    public async Task HandleAsync(UnitOfWork tx, DatabaseRestored happened, Actor actor)
    {
        // Permits that were issued since the backup are unknown, too, and so is how long they live: at most this.
        var exp = tx.Now + limits.Value.MaxTtl;
        foreach (var id in await tx.QueryAsync<Guid>("Switch_LivePrograms", new { Live = nameof(ProgramLifecycle.Live) }))
        {
            if (await programs.FindAsync(tx, id) is not { } program) continue;
            await ProgramSwitch.EnsureAsync(tx, program);
            await tx.ExecuteAsync("Switch_Hold", new { ProgramId = id, tx.Now, Exp = exp });
            await tx.RecordAsync(actor, ConfirmationHistory.Held(program, happened.LastActAt));
        }
    }
}
