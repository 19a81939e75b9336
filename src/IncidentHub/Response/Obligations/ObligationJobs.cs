using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Obligations;

/// <summary>Every minute: records obligations whose due time has passed, also those that passed while the hub did not run.</summary>
internal sealed class LateObligations(ObligationCommands obligations, TimeProvider clock) : DurableJob
{
    public override Task RunAsync(CancellationToken ct) => obligations.MarkLateAsync(clock.GetUtcNow(), ct);
}

/// <summary>An incident was merged into another: its obligations continue there.</summary>
internal sealed class ObligationsOfMergedIncidents : IEventHandler<IncidentMergedInto>
{
    public async Task HandleAsync(UnitOfWork tx, IncidentMergedInto happened, Actor actor)
    {
        var moved = await tx.ExecuteAsync("Obligation_Move", new { happened.FromId, happened.IntoId });
        if (moved == 0) return;
        await tx.ExecuteAsync("ObligationRevision_Moved",
            new { happened.FromId, happened.IntoId, RecordedAt = tx.Now, RevisionId = OrderedId.Next(tx.Now) });
        await tx.RecordAsync(actor, new()
        {
            Action = "obligation.moved",
            Subject = $"incident {happened.IntoCode}",
            About = [happened.FromId, happened.IntoId],
            Detail = new { From = happened.FromCode, Into = happened.IntoCode, Count = moved },
            SubjectTopics = [new([happened.FromId, happened.IntoId], ["obligations"])],
        });
    }
}
