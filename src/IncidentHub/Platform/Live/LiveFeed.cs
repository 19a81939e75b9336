using System.Collections.Concurrent;
using System.Collections.Immutable;
using IncidentHub.Domain.Access;

namespace IncidentHub.Platform.Live;

/// <summary>
/// Notifies open pages, after a commit, that something they show has changed. It carries topics, no data: listeners query again with the
/// permissions of their viewer. In process: <see cref="NodeWatch"/> delivers what other nodes commit. That a page is notified is an answer,
/// so a change of a subject that not everybody may see notifies the pages of those only who may see it: <see cref="PublishAsync"/>.
/// </summary>
internal sealed class LiveFeed
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _byTopic = new();

    /// <summary>A reader who sees what everybody may see, and no more.</summary>
    public static readonly Actor Everybody = new(Guid.Empty, "", Roles.None);

    /// <summary>The topic of what one person may see: touched where it changes for that person, whoever else may see the subject.</summary>
    public static string SightOf(Guid personId) => $"sight:{personId}";

    /// <summary>
    /// Calls <paramref name="onChange"/>, which must return at once, whenever one of the topics changes. Dispose to unsubscribe.
    /// </summary>
    /// <param name="reader">Whose page it is; null for the hub itself, which is always notified.</param>
    public IDisposable Subscribe(IReadOnlyCollection<string> topics, Action onChange, Actor? reader = null)
    {
        var subscription = new Subscription(this, topics, onChange, reader);
        foreach (var topic in topics) _byTopic.AddOrUpdate(topic, _ => [subscription], (_, all) => all.Add(subscription));
        return subscription;
    }

    public void Publish(IReadOnlyCollection<string> topics)
    {
        foreach (var subscription in SubscribersOf(topics)) subscription.OnChange();
    }

    /// <summary>Notifies every page.</summary>
    public void PublishAll() => Publish([.. _byTopic.Keys]);

    /// <summary>Notifies the pages of those readers of whom <paramref name="sees"/> is true; each is asked about once.</summary>
    public async Task PublishAsync(IReadOnlyCollection<string> topics, Func<Actor, Task<bool>> sees)
    {
        foreach (var pages in SubscribersOf(topics).GroupBy(s => (s.Reader?.Id, s.Reader?.Roles)))
        {
            if (pages.First().Reader is { } reader && !await sees(reader)) continue;
            foreach (var page in pages) page.OnChange();
        }
    }

    private HashSet<Subscription> SubscribersOf(IReadOnlyCollection<string> topics)
    {
        var found = new HashSet<Subscription>();
        foreach (var topic in topics)
        {
            if (_byTopic.TryGetValue(topic, out var subscriptions)) found.UnionWith(subscriptions);
        }
        return found;
    }

    private void Remove(Subscription subscription)
    {
        foreach (var topic in subscription.Topics)
        {
            while (_byTopic.TryGetValue(topic, out var all))
            {
                var rest = all.Remove(subscription);
                if (rest.IsEmpty ? _byTopic.TryRemove(KeyValuePair.Create(topic, all)) : _byTopic.TryUpdate(topic, rest, all)) break;
            }
        }
    }

    private sealed class Subscription(LiveFeed feed, IReadOnlyCollection<string> topics, Action onChange, Actor? reader) : IDisposable
    {
        public Actor? Reader => reader;

        public IReadOnlyCollection<string> Topics => topics;

        public Action OnChange => onChange;

        public void Dispose() => feed.Remove(this);
    }
}
