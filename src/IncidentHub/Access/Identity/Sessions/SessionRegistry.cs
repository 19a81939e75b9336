using System.Collections.Concurrent;
using System.Data.Common;
using IncidentHub.Platform.Concurrency;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Keys;
using IncidentHub.Platform.Live;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// The sessions that have not ended, and who is told when one ends. What ends in this process ends at once, what ends on another node
/// within the interval of <see cref="SessionWatch"/>.
/// </summary>
internal sealed partial class SessionRegistry
{
    private static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(3), NoteEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = new();
    private readonly ConcurrentDictionary<SessionWatcher, byte> _watchers = new();
    private readonly Db _db;
    private readonly People _people;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _idle;
    private readonly ReadCache<string, Session> _bySecret;
    private readonly ILogger<SessionRegistry> _log;

    public SessionRegistry(Db db, People people, CommitFeed feed, TimeProvider clock, IOptions<IdentitySettings> settings,
        ILogger<SessionRegistry> log)
    {
        _log = log;
        (_db, _people, _clock, _idle) = (db, people, clock, settings.Value.SessionIdle);
        _bySecret = new(clock, CacheFor);
        feed.Committed += OnCommitted;
    }

    /// <summary>The session of a cookie; null where it ended or expired.</summary>
    public async ValueTask<Session?> FindAsync(string secret, CancellationToken ct)
    {
        var session = await _bySecret.GetAsync(Secrets.Hash(secret), (hash, token) => _db.ReadAsync(
            sql => sql.FirstOrDefaultAsync<Session>("Session_BySecret", new { SecretHash = hash }), token), ct);
        return session is not null && IsLive(session) ? session : null;
    }

    /// <summary>The session as it is now; null where it ended or expired.</summary>
    public async Task<Session?> FindAsync(Guid id, CancellationToken ct = default)
    {
        var session = await _db.ReadAsync(sql => sql.FirstOrDefaultAsync<Session>("Session_ById", new { Id = id }), ct);
        return session is not null && IsLive(session) ? session : null;
    }

    public bool IsLive(Session session)
    {
        var (now, seen) = (_clock.GetUtcNow(), session.LastSeenAt);
        if (_seen.TryGetValue(session.Id, out var noted) && noted > seen) seen = noted;
        return now < session.ExpiresAt && now - seen < _idle;
    }

    /// <summary>Notes that the session is used, at most once a minute.</summary>
    public Task SeenAsync(Session session) => IsNew(session) ? NoteAsync(session) : Task.CompletedTask;

    /// <summary>The same for an open page, whose events are not to wait for it: a later one would overtake the one that waits.</summary>
    public void Seen(Session session)
    {
        if (IsNew(session)) _ = Task.Run(() => NoteAsync(session));
    }

    private bool IsNew(Session session)
    {
        var now = _clock.GetUtcNow();
        var noted = _seen.GetOrAdd(session.Id, session.LastSeenAt);
        return now - noted >= NoteEvery && _seen.TryUpdate(session.Id, now, noted);
    }

    private async Task NoteAsync(Session session)
    {
        try
        {
            await _db.WriteAsync<Done>(async tx =>
            {
                await tx.ExecuteAsync("Session_Seen", new { session.Id, tx.Now });
                return default(Done);
            });
        }
        catch (Exception e) when (e is DbException or ObjectDisposedException)
        {
            // The request itself says what does not work; this node remembers the use.
            LogNotNoted(e);
        }
    }

    /// <summary>Tells the watcher when its session ends or its person changes, until it is disposed.</summary>
    public IDisposable Watch(SessionWatcher watcher)
    {
        _watchers[watcher] = 0;
        return new Subscription(this, watcher);
    }

    /// <summary>What ended or changed on any node; and watched sessions that expired meanwhile.</summary>
    public void Apply(IReadOnlySet<Guid> endedSessions, IReadOnlySet<Guid> changedPeople)
    {
        foreach (var id in changedPeople) _people.Forget(id);
        if (endedSessions.Count > 0) _bySecret.Forget(s => endedSessions.Contains(s.Id));
        foreach (var watcher in _watchers.Keys)
        {
            var session = watcher.Session;
            if (endedSessions.Contains(session.Id) || changedPeople.Contains(session.PersonId) || !IsLive(session)
                || watcher.RolesUntil <= _clock.GetUtcNow()) watcher.Notify();
        }
        var idleSince = _clock.GetUtcNow() - _idle;
        foreach (var (id, at) in _seen)
        {
            if (at < idleSince) _seen.TryRemove(KeyValuePair.Create(id, at));
        }
    }

    private void OnCommitted(object announcement)
    {
        switch (announcement)
        {
            case SessionEnded ended:
                _bySecret.Forget(s => s.Id == ended.SessionId);
                Notify(s => s.Id == ended.SessionId);
                break;
            case PersonChanged changed:
                _people.Forget(changed.PersonId);
                Notify(s => s.PersonId == changed.PersonId);
                break;
        }
    }

    private void Notify(Func<Session, bool> which)
    {
        foreach (var watcher in _watchers.Keys)
        {
            if (which(watcher.Session)) watcher.Notify();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The use of a session could not be noted")]
    private partial void LogNotNoted(Exception e);

    private sealed class Subscription(SessionRegistry registry, SessionWatcher watcher) : IDisposable
    {
        public void Dispose() => registry._watchers.TryRemove(watcher, out _);
    }
}

/// <summary>An open page that depends on a session.</summary>
/// <param name="changed">Called on the thread pool.</param>
internal sealed class SessionWatcher(Session session, Func<Task> changed)
{
    private Session _session = session;

    public Session Session { get => Volatile.Read(ref _session); set => Volatile.Write(ref _session, value); }

    /// <summary>When a loan of roles ends that the page was made with; null: none.</summary>
    public DateTimeOffset? RolesUntil { get; set; }

    // The caller may be the writer, which must not wait.
    public void Notify() => _ = Task.Run(changed);
}
