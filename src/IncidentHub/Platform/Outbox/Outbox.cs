using IncidentHub.Domain;
using System.Text.Json;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Outbox;

/// <summary>A message that features send each other through the outbox. Its JSON is stored: add fields, never rename them.</summary>
internal interface IOutboxMessage
{
    /// <summary>Stable name, such as <c>pause.ordered</c>.</summary>
    static abstract string Topic { get; }
}

/// <summary>
/// Receives a message. Acting and marking the message as done share one transaction, so that its effect in the database happens once;
/// it may still be called again after a failure.
/// </summary>
internal interface IOutboxConsumer<in T> where T : IOutboxMessage
{
    Task ConsumeAsync(T message, UnitOfWork tx, CancellationToken ct);
}

internal sealed record OutboxRow
{
    public required Guid Id { get; init; }
    public required string Topic { get; init; }
    public required string Consumer { get; init; }
    public required string Payload { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset AvailableAt { get; init; }
    public int Attempts { get; init; }
}

internal sealed record OutboxRegistration(string Topic, string Consumer, Func<string, UnitOfWork, CancellationToken, Task> Deliver);

/// <summary>Who consumes what.</summary>
internal sealed class OutboxRegistry(IServiceProvider services)
{
    private readonly Lazy<List<OutboxRegistration>> _all = new(() => services.GetServices<OutboxRegistration>().ToList());

    public List<OutboxRow> Rows<T>(T message, DateTimeOffset now) where T : IOutboxMessage
    {
        var consumers = _all.Value.Where(r => r.Topic == T.Topic).ToList();
        if (consumers.Count == 0) return [];
        var payload = JsonSerializer.Serialize(message);
        return consumers.ConvertAll(c => new OutboxRow
        {
            Id = OrderedId.Next(now), Topic = T.Topic, Consumer = c.Consumer, Payload = payload, CreatedAt = now, AvailableAt = now,
        });
    }

    public OutboxRegistration? Find(string topic, string consumer) => _all.Value.Find(r => r.Topic == topic && r.Consumer == consumer);
}

/// <summary>Wakes the dispatcher after a commit.</summary>
internal sealed class OutboxSignal
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Raise()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else raised it meanwhile: once is enough.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);
}

internal static class OutboxModule
{
    public static void AddOutbox(this IServiceCollection services)
    {
        services.AddSingleton<OutboxRegistry>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(s => s.GetRequiredService<OutboxDispatcher>());
    }

    /// <summary>Registers a consumer. Its class name is part of stored rows: do not rename it while messages may wait.</summary>
    public static void AddOutboxConsumer<TMessage, TConsumer>(this IServiceCollection services)
        where TMessage : IOutboxMessage
        where TConsumer : class, IOutboxConsumer<TMessage>
    {
        services.AddSingleton<TConsumer>();
        services.AddSingleton(s => new OutboxRegistration(TMessage.Topic, typeof(TConsumer).Name, (payload, tx, ct) =>
            s.GetRequiredService<TConsumer>().ConsumeAsync(JsonSerializer.Deserialize<TMessage>(payload)!, tx, ct)));
    }
}
