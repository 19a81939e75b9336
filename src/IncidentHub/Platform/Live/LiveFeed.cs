using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace IncidentHub.Platform.Live;

/// <summary>
/// Notifies open pages, after a commit, that something they show has changed. It carries topics, no data: listeners query again with the
/// permissions of their viewer. In process: each node of a cluster notifies its own pages.
/// </summary>
internal sealed class LiveFeed
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _byTopic = new();

    /// <summary>
    /// Calls <paramref name="onChange"/>, which must return at once, whenever one of the topics changes. Dispose to unsubscribe.
    /// </summary>
    public IDisposable Subscribe(IReadOnlyCollection<string> topics, Action onChange)
    {
        var subscription = new Subscription(this, topics, onChange);
        foreach (var topic in topics) _byTopic.AddOrUpdate(topic, _ => [subscription], (_, all) => all.Add(subscription));
        return subscription;
    }

    public void Publish(IReadOnlyCollection<string> topics)
    {
        if (topics.Count == 0) return;
        var told = new HashSet<Subscription>();
        foreach (var topic in topics)
        {
            if (!_byTopic.TryGetValue(topic, out var subscriptions)) continue;
            foreach (var subscription in subscriptions)
            {
                if (told.Add(subscription)) subscription.OnChange();
            }
        }
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

    private sealed class Subscription(LiveFeed feed, IReadOnlyCollection<string> topics, Action onChange) : IDisposable
    {
        public IReadOnlyCollection<string> Topics => topics;

        public Action OnChange => onChange;

        public void Dispose() => feed.Remove(this);
    }
}
