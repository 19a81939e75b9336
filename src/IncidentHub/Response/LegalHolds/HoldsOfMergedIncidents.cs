using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.LegalHolds;

/// <summary>An incident was merged into another: active holds move to the surviving incident, released ones stay.</summary>
internal sealed class HoldsOfMergedIncidents : IEventHandler<IncidentMergedInto>
{
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var moved = await tx.ExecuteAsync("LegalHold_Move", new { happened.FromId, ToId = happened.IntoId });
        if (moved > 0) await tx.RecordAsync(actor, HoldHistory.OfMove(happened, moved));
    }
}
