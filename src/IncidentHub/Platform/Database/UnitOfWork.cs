using System.Data.Common;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Platform.Database;

/// <summary>One transaction: all of its writes and notifications take effect together, or none.</summary>
/// <param name="sendsListsAtOnce">Null: as the engine does.</param>
internal sealed class UnitOfWork(
    Engine engine, Statements statements, DbConnection connection, DbTransaction transaction, DateTimeOffset now,
    bool? sendsListsAtOnce = null)
    : Sql(engine, statements, connection, transaction, () => now)
{
    private readonly HashSet<string> _topics = [];
    private int _told;
    private List<object>? _announcements;
    private List<Action>? _committed;
    private List<SubjectTopics>? _subjectTopics;

    /// <summary>The time of this transaction, read once from the hub's clock.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The current time, one tick (100 ns) later with each call: entries of one transaction keep their order.</summary>
    public DateTimeOffset NextRecordedAt() => Now.AddTicks(_told++);

    protected override bool SendsListsAtOnce => sendsListsAtOnce ?? base.SendsListsAtOnce;

    /// <summary>The journal entries of this transaction, written last.</summary>
    internal JournalWriter Journal { get; } = new();

    internal IReadOnlyCollection<string> Topics => _topics;

    internal IReadOnlyList<SubjectTopics> SubjectTopics => _subjectTopics ?? (IReadOnlyList<SubjectTopics>)[];

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

    public override async Task<int> ExecuteAsync(string statement, object? args = null)
    {
        var written = await base.ExecuteAsync(statement, args);
        if (written > 0) NoteRows(statement, args);
        return written;
    }

    /// <summary>Runs several changes with the same arguments in one round trip.</summary>
    public async Task ChangeTogetherAsync(IReadOnlyList<string> changes, object args)
    {
        if (await ExecuteTogetherAsync(changes, args) == 0) return;
        foreach (var change in changes) NoteRows(change, args);
    }

    private void NoteRows(string statement, object? args)
    {
        foreach (var (table, parameter) in Statements.WritesOf(statement))
        {
            foreach (var key in RowKeys.Of(args, parameter)) Journal.Wrote(table, key);
        }
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
            if (line.ProgramId is not { } program) continue;
            // An entry with a public title exists for everybody.
            if (line.PublicTitle is not null) Touch($"program:{program}");
            else TouchAbout(line.About, $"program:{program}");
        }
        foreach (var topic in entry.Topics) Touch(topic);
        foreach (var (subjects, topics) in entry.SubjectTopics) TouchAbout(subjects, topics);
        foreach (var happened in entry.Events) await happened.RaiseAsync(this, actor);
    }

    /// <summary>Notifies <see cref="Live.CommitFeed"/> immediately after the commit, before open pages are notified.</summary>
    public void Announce(object announcement) => (_announcements ??= []).Add(announcement);

    /// <summary>
    /// Runs <paramref name="act"/> after the commit, once: what the work does outside of the database, it would do again with each attempt,
    /// and also where nothing was committed. It runs on the writer and must return at once.
    /// </summary>
    public void OnCommitted(Action act) => (_committed ??= []).Add(act);

    /// <summary>Called once, by the writer.</summary>
    internal void Committed() => _committed?.ForEach(act => act());

    /// <summary>The same for the pages of those only who may see all of these subjects.</summary>
    public void TouchAbout(IReadOnlyCollection<Guid> subjects, params IReadOnlyList<string> topics)
    {
        if (subjects.Count == 0) Touch([.. topics]);
        else (_subjectTopics ??= []).Add(new(subjects, topics));
    }

    /// <summary>Notifies open pages of changed topics, after the commit.</summary>
    public void Touch(params ReadOnlySpan<string> topics)
    {
        foreach (var topic in topics) _topics.Add(topic);
    }
}
