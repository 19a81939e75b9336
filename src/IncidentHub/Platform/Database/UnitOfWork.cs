using System.Data.Common;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Database;

/// <summary>One transaction: all of its writes and notifications take effect together, or none.</summary>
internal sealed class UnitOfWork(
    Engine engine, Statements statements, DbConnection connection, DbTransaction transaction, DateTimeOffset now)
    : Sql(engine, statements, connection, transaction, () => now)
{
    private readonly HashSet<string> _topics = [];
    private int _told;
    private List<object>? _announcements;

    /// <summary>The time of this transaction, read once from the hub's clock.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The current time, one tick (100 ns) later with each call: entries of one transaction keep their order.</summary>
    public DateTimeOffset NextRecordedAt() => Now.AddTicks(_told++);

    /// <summary>The journal entries of this transaction, written last.</summary>
    internal JournalWriter Journal { get; } = new();

    internal IReadOnlyCollection<string> Topics => _topics;

    internal IReadOnlyList<object> Announcements => _announcements ?? (IReadOnlyList<object>)[];

    /// <summary>The services in which event handlers are registered.</summary>
    internal IServiceProvider? Handlers { get; set; }

    /// <summary>Runs the handlers of the upper layers in this transaction: see <see cref="IEventHandler{TEvent}"/>.</summary>
    public async Task RaiseAsync<TEvent>(TEvent happened, Actor actor)
        where TEvent : class
    {
        // Without handlers, the consequences in the upper layers would be lost silently.
        var services = Handlers ?? throw new InvalidOperationException("The unit of work has no event handlers.");
        foreach (var handler in services.GetServices<IEventHandler<TEvent>>()) await handler.HandleAsync(this, happened, actor);
    }

    /// <summary>
    /// Records a journal entry: timelines and the audit log, written before the commit; the topics that open pages watch; and the events
    /// for the upper layers, raised now.
    /// </summary>
    public async Task RecordAsync(Actor actor, JournalEntry entry)
    {
        Journal.Add(this, actor, entry);
        foreach (var line in entry.Timeline)
        {
            if (line.IncidentId is { } incident) Touch($"incident:{incident}");
            if (line.ProgramId is { } program) Touch($"program:{program}");
        }
        foreach (var topic in entry.Topics) Touch(topic);
        foreach (var happened in entry.Events) await happened.RaiseAsync(this, actor);
    }

    /// <summary>Notifies <see cref="Live.CommitFeed"/> immediately after the commit, before open pages are notified.</summary>
    public void Announce(object announcement) => (_announcements ??= []).Add(announcement);

    /// <summary>Notifies open pages of changed topics, after the commit.</summary>
    public void Touch(params ReadOnlySpan<string> topics)
    {
        foreach (var topic in topics) _topics.Add(topic);
    }
}
