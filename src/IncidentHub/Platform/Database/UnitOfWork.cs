using System.Data.Common;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Database;

/// <summary>One transaction: what it writes and touches becomes visible together, or not at all.</summary>
internal sealed class UnitOfWork(
    Engine engine, Statements statements, DbConnection connection, DbTransaction transaction, DateTimeOffset now)
    : Sql(engine, statements, connection, transaction)
{
    private readonly HashSet<string> _topics = [];
    private int _told;
    private List<object>? _announcements;

    /// <summary>The time of this transaction, read once from the hub's clock.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Now, a tick (100 ns) later with each call: what is told of one transaction keeps its order.</summary>
    public DateTimeOffset NextMoment() => Now.AddTicks(_told++);

    /// <summary>What the audit log will say of this transaction: see <see cref="AuditWriter"/>.</summary>
    internal List<CollectedAct> Acts { get; } = [];

    internal IReadOnlyCollection<string> Topics => _topics;

    internal IReadOnlyList<object> Announcements => _announcements ?? (IReadOnlyList<object>)[];

    /// <summary>Where the handlers of events are registered: the hub's services.</summary>
    internal IServiceProvider? Handlers { get; set; }

    /// <summary>Lets the upper layers do their part in this transaction: see <see cref="IEventHandler{TEvent}"/>.</summary>
    public async Task RaiseAsync<TEvent>(TEvent happened, Actor actor)
        where TEvent : class
    {
        // An event that nobody could hear would leave the upper layers undone.
        var services = Handlers ?? throw new InvalidOperationException("The unit of work knows no event handlers.");
        foreach (var handler in services.GetServices<IEventHandler<TEvent>>()) await handler.HandleAsync(this, happened, actor);
    }

    /// <summary>Tells <see cref="Live.CommitFeed"/> right after the commit, before open pages are told.</summary>
    public void Announce(object announcement) => (_announcements ??= []).Add(announcement);

    /// <summary>Tells open pages, after the commit, that these topics changed.</summary>
    public void Touch(params ReadOnlySpan<string> topics)
    {
        foreach (var topic in topics) _topics.Add(topic);
    }
}
