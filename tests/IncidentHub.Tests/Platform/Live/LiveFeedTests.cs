using IncidentHub.Platform.Live;

namespace IncidentHub.Tests.Platform.Live;

public class LiveFeedTests
{
    [Fact]
    public void A_subscriber_is_notified_once_for_several_topics_and_never_after_it_unsubscribed()
    {
        var feed = new LiveFeed();
        var told = 0;
        var subscription = feed.Subscribe(["incidents", "incident:1"], () => told++);
        feed.Publish(["incident:1", "incidents"]);
        feed.Publish(["programs"]);
        Assert.Equal(1, told);
        subscription.Dispose();
        feed.Publish(["incidents"]);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Subscribing_and_unsubscribing_from_many_threads_loses_no_notification()
    {
        var feed = new LiveFeed();
        var told = 0;
        using var stays = feed.Subscribe(["t"], () => Interlocked.Increment(ref told));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var n = 0; n < 500; n++) feed.Subscribe(["t", "u"], () => { }).Dispose();
        })));
        feed.Publish(["t"]);
        Assert.Equal(1, told);
    }
}
