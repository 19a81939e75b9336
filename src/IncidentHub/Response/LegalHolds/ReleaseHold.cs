using IncidentHub.Domain.Access;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>What this hold kept may be destroyed again, where no other one stands.</summary>
internal sealed record ReleaseHold(string Incident, Guid Hold, string? Reason);

internal sealed class ReleaseHoldHandler(Db db, IncidentReader incidents)
{
    public async Task<Result<Done>> HandleAsync(ReleaseHold command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.PlaceLegalHold) is { } denied) return denied;
        return await db.WriteAsync<Done>(
            async tx =>
            {
                if (await incidents.FindVisibleAsync(tx, actor, command.Incident) is not { } incident)
                    return Refusal.NotFound("The incident");
                if (await LegalHoldStore.FindAsync(tx, incident.Id, command.Hold) is not { } hold) return Refusal.NotFound("The hold");
                if (HoldRules.RefuseReleasing(hold, command.Reason) is { } why) return why;
                var release = new HoldRelease(tx.Now, command.Reason!.Trim());
                if (!await LegalHoldStore.ReleaseAsync(tx, hold.Id, release, actor)) throw new ConcurrencyConflictException("The hold");
                await HoldTelling.ReleasedAsync(tx, actor, incident, hold, release);
                HoldTelling.Touch(tx, await HoldTelling.ProgramsAsync(tx, incident.Id));
                return default(Done);
            },
            ct: ct);
    }
}
