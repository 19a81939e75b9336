using IncidentHub.Domain.Access;
using IncidentHub.Access.Audit;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.LegalHolds;

/// <summary>Published writer.</summary>
internal static class LegalHoldWriter
{
    /// <summary>An incident goes on under another one: what stands goes along, what was released stays where it was.</summary>
    public static async Task MoveAsync(UnitOfWork tx, Guid from, string fromCode, Guid to, string toCode, Actor actor)
    {
        var moved = await tx.ExecuteAsync("LegalHold_Move", new { FromId = from, ToId = to });
        if (moved == 0) return;
        var title = $"Legal hold taken over from {fromCode}";
        await TimelineWriter.AppendAsync(tx, actor, new() { IncidentId = to, Kind = "legal-hold", HappenedAt = tx.Now, Title = title, Data = new { holds = moved } });
        await AuditWriter.AppendAsync(tx, actor, "legal-hold.moved", $"incident {toCode}", new { From = fromCode, Holds = moved });
    }
}
