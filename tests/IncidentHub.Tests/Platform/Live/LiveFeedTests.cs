using IncidentHub.Domain.Access;
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
    public async Task A_hidden_change_notifies_those_who_may_see_it_and_the_hub_itself()
    {
        var (feed, told, asked) = (new LiveFeed(), new List<string>(), new List<string>());
        foreach (var name in (string[])["sees", "sees not", "sees"])
            feed.Subscribe(["incidents"], () => told.Add(name), new Actor(Id(name), name, Roles.Responder));
        feed.Subscribe(["incidents"], () => told.Add("everybody"), LiveFeed.Everybody);
        feed.Subscribe(["incidents"], () => told.Add("hub"));
        await feed.PublishAsync(["incidents"], reader =>
        {
            asked.Add(reader.Name);
            return Task.FromResult(reader.Name == "sees");
        });
        Assert.Equal(["hub", "sees", "sees"], told.Order());
        Assert.Equal(["", "sees", "sees not"], asked.Order());

        static Guid Id(string name) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))[..16]);
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
