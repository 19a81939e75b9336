using IncidentHub.Domain.Access;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Insight.Home;
using IncidentHub.Platform.Live;
using IncidentHub.Response.Statements;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>
/// The open pages of those who may not see the secret, while something happens to it: none of them is notified, except of what everybody
/// may see, such as that a program is paused.
/// </summary>
internal static class PageWatch
{
    private static readonly string[] Programs = ["MCI", "TWO", "OTHER"];

    public static async Task DuringAsync(World world, Func<Task> step)
    {
        await RollUpAsync(world);
        var (before, ofOwner) = (await PublicAsync(world, "responder-2"), await PublicAsync(world, "owner"));
        var pushed = new HashSet<(string Reader, string Topic)>();
        var subscriptions = new List<IDisposable>();
        var live = world.Hub.Services.GetRequiredService<LiveFeed>();
        await world.Hub.Db.Notified;
        foreach (var reader in TwoWorldsTests.Readers)
        {
            var actor = TestHub.Actor(reader);
            foreach (var topic in await TopicsAsync(world, actor))
            {
                // One subscription for each topic: which one it was is not told.
                subscriptions.Add(live.Subscribe([topic], () => { lock (pushed) pushed.Add((reader, topic)); }, actor));
            }
        }
        await step();
        await RollUpAsync(world);
        await world.Hub.Db.Notified;
        foreach (var subscription in subscriptions) subscription.Dispose();
        var isPublic = before != await PublicAsync(world, "responder-2");
        var isOfOwner = ofOwner != await PublicAsync(world, "owner");
        foreach (var (reader, topic) in pushed)
        {
            if (isPublic && IsOfPrograms(topic)) continue;
            // A proposal that they may decline, and the decision on which they are named.
            var isOwn = topic.StartsWith("sight:", StringComparison.Ordinal);
            if (Declared.Names(reader) && (isOwn || (isOfOwner && IsOfPrograms(topic)))) continue;
            world.Pushed.Add($"{reader}: a page of «{Name(topic)}» is notified");
        }
    }

    private static bool IsOfPrograms(string topic) => ((string[])["program", "fleet:", "held:", "violations"])
        .Any(t => topic.StartsWith(t, StringComparison.Ordinal));

    private static string Name(string topic) => topic.Split(':')[0];

    // What pages of this reader subscribe to.
    private static async Task<IEnumerable<string>> TopicsAsync(World world, Actor actor)
    {
        var programs = await world.Hub.Db.ReadAsync(async sql =>
        {
            var reader = world.Hub.Services.GetRequiredService<IncidentHub.Catalog.Programs.ProgramReader>();
            var ids = new List<Guid>();
            foreach (var code in Programs) ids.Add((await reader.FindByCodeAsync(sql, code))!.Id);
            return ids;
        });
        string[] own = [LiveFeed.SightOf(actor.Id), StatementHistory.NoticesTopic];
        if (!AccessTable.Allows(actor, Act.ReadPrograms)) return own.Concat(HomeQueries.TopicsOf(actor)).Distinct();
        return own.Concat(HomeQueries.TopicsOf(actor)).Concat(DashboardRollupJob.TopicsOf(actor))
            .Concat(["incidents", "programs", "decisions", "tasks", "obligations", "statements", "datasets", "policy", ViolationAlerts.Topic])
            .Concat(programs.SelectMany(id => (string[])[$"program:{id}", FleetTopic.Of(id), QuarantinedData.Topic(id)])).Distinct();
    }

    private static Task RollUpAsync(World world) =>
        world.Hub.Services.GetRequiredService<DashboardRollupJob>().RunAsync(CancellationToken.None);

    private static async Task<string> PublicAsync(World world, string account)
    {
        var text = (await world.ReadAsync(account, "programs?limit=250")).ToString();
        foreach (var program in Programs) text += await world.ReadAsync(account, $"programs/{program}/pauses?limit=250");
        return text;
    }
}
