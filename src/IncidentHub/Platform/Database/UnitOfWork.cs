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
    public DateTimeOffset NextRecordedAt() => Now.AddTicks(_told++);

    /// <summary>What this transaction leaves behind, written last.</summary>
    internal JournalWriter Journal { get; } = new();

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

    /// <summary>
    /// Records what an event leaves: timelines and the audit log, written before the commit; the topics that open pages watch; and what
    /// upper layers do about it, now.
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

    /// <summary>Tells <see cref="Live.CommitFeed"/> right after the commit, before open pages are told.</summary>
    public void Announce(object announcement) => (_announcements ??= []).Add(announcement);

    /// <summary>Tells open pages, after the commit, that these topics changed.</summary>
    public void Touch(params ReadOnlySpan<string> topics)
    {
        foreach (var topic in topics) _topics.Add(topic);
    }
}
