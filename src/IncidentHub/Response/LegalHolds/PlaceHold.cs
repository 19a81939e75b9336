using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.LegalHolds;
using IncidentHub.Switch.Gate;
using IncidentHub.Response.Incidents;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>From now on nothing that the incident touches may be destroyed.</summary>
internal sealed record PlaceHold(string Incident, string? Reason);

/// <param name="PurgedBefore">Held batches that were decided to be purged since the incident was declared: that cannot be taken back, and
/// may not have been done yet.</param>
internal sealed record HoldPlaced(Guid Id, long PurgedBefore);

internal sealed class PlaceHoldHandler(Db db, IncidentReader incidents)
{
    public async Task<Result<HoldPlaced>> HandleAsync(PlaceHold command, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.PlaceLegalHold) is { } denied) return denied;
        return await db.WriteAsync<HoldPlaced>(
            async tx =>
            {
                if (await incidents.FindVisibleAsync(tx, actor, command.Incident) is not { } incident)
                    return Refusal.NotFound("The incident");
                if (HoldRules.RefusePlacing(incident.Status == IncidentStatus.Merged, incident.Code, command.Reason) is { } why) return why;
                var hold = new HoldState(OrderedId.Next(tx.Now), incident.Id, command.Reason!.Trim(), tx.Now, null);
                await LegalHoldStore.InsertAsync(tx, hold, actor);
                var programs = await HoldTelling.ProgramsAsync(tx, incident.Id);
                var purged = await HeldData.PurgedSinceAsync(tx, incident.DeclaredAt, programs);
                await HoldTelling.PlacedAsync(tx, actor, incident, hold, purged);
                HoldTelling.Touch(tx, programs);
                return new HoldPlaced(hold.Id, purged);
            },
            ct: ct);
    }
}
