using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.LegalHolds;

/// <summary>An incident continues in another one: what stands goes along, what was released stays where it was.</summary>
internal sealed class HoldsOfMergedIncidents : IEventHandler<IncidentMergedInto>
{
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var moved = await tx.ExecuteAsync("LegalHold_Move", new { happened.FromId, ToId = happened.IntoId });
        if (moved > 0) await tx.RecordAsync(actor, HoldHistory.OfMove(happened, moved));
    }
}
