using IncidentHub.Domain.Access;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.LegalHolds;

/// <summary>An incident continues in another one: what stands goes along, what was released stays where it was.</summary>
internal sealed class HoldsOfMergedIncidents : IEventHandler<IncidentMergedInto>
{
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var (from, fromCode, to, toCode) = happened;
        var moved = await tx.ExecuteAsync("LegalHold_Move", new { FromId = from, ToId = to });
        if (moved == 0) return;
        var title = $"Legal hold taken over from {fromCode}";
        await TimelineWriter.AppendAsync(
            tx, actor, new() { IncidentId = to, Kind = "legal-hold", HappenedAt = tx.Now, Title = title, Data = new { holds = moved } });
        await AuditWriter.AppendAsync(tx, actor, "legal-hold.moved", $"incident {toCode}", new { From = fromCode, Holds = moved });
    }
}
