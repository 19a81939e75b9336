using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform;
using IncidentHub.Platform.Database;

namespace IncidentHub.Features.Incidents;

/// <summary>Published writer: what the hub itself saw happen to an incident.</summary>
internal sealed class IncidentWriter(IncidentWork work)
{
    /// <summary>
    /// Records that a pause was ordered or that all collection is proven stopped; what is known already stays. A stop counts for the
    /// cycle whose order it answers, also when it is proven after a reopening. Answers whether there was something to record.
    /// </summary>
    public async Task<Result<bool>> RecordMomentAsync(UnitOfWork tx, Guid incidentId, Moment moment, DateTimeOffset at)
    {
        if (await IncidentStore.LoadAsync(tx, incidentId) is not { } record) return false;
        var cycle = moment == Moment.CollectionStopped
            ? record.State.Cycles.LastOrDefault(c => c.PauseOrdered <= at)
            : record.State.Cycles.LastOrDefault(c => c.Opened <= at);
        if (cycle is null || MomentRules.Get(record.State.Moments, cycle, moment) is not null) return false;
        var next = await work.ApplyAsync(tx, record, new IncidentCommand.RecordMoment(moment, cycle.Number, at), Actor.System);
        return next.IsOk ? true : next.Refusal!;
    }
}
