using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Journal;

/// <summary>An event that upper layers handle in the same transaction: see <see cref="IEventHandler{TEvent}"/>.</summary>
internal interface ILayerEvent
{
    Task RaiseAsync(UnitOfWork tx, Actor actor);
}

/// <typeparam name="TSelf">The event's own type, by which its handlers are resolved.</typeparam>
internal abstract record LayerEvent<TSelf> : ILayerEvent
    where TSelf : LayerEvent<TSelf>
{
    public Task RaiseAsync(UnitOfWork tx, Actor actor) => tx.RaiseAsync((TSelf)this, actor);
}
