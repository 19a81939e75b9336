using IncidentHub.Domain.Access;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IncidentHub.Platform.Database;

/// <summary>
/// The reaction of an upper layer to an event of a lower one, in the same transaction, so that both become durable or neither. Raised by
/// <see cref="UnitOfWork.RaiseAsync"/>; several handlers of one event run in the order of their registration.
/// </summary>
internal interface IEventHandler<in TEvent>
    where TEvent : class
{
    /// <param name="actor">Who caused the event.</param>
    Task HandleAsync(UnitOfWork tx, TEvent happened, Actor actor);
}

internal static class EventHandlers
{
    /// <summary>Registers a handler; one object handles all events of its class.</summary>
    public static IServiceCollection AddEventHandler<TEvent, THandler>(this IServiceCollection services)
        where TEvent : class
        where THandler : class, IEventHandler<TEvent>
    {
        services.TryAddSingleton<THandler>();
        return services.AddSingleton<IEventHandler<TEvent>>(s => s.GetRequiredService<THandler>());
    }
}
