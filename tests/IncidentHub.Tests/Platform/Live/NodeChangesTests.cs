using IncidentHub.Domain;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Live;

/// <summary>Two nodes on one database.</summary>
public class NodeChangesTests
{
    [Fact]
    public async Task A_commit_on_one_node_notifies_the_pages_of_the_other_once_and_those_only_who_may_see_it()
    {
        await using var hub = new TestHub { Shares = true };
        using var other = new OtherNode(hub);
        var told = new List<string>();
        var here = 0;
        using var own = hub.Services.GetRequiredService<LiveFeed>().Subscribe(["open"], () => Interlocked.Increment(ref here));
        other.Live.Subscribe(["open"], () => told.Add("everybody: open"), LiveFeed.Everybody);
        other.Live.Subscribe(["hidden"], () => told.Add("everybody: hidden"), LiveFeed.Everybody);
        other.Live.Subscribe(["hidden"], () => told.Add("hub: hidden"));
        await other.LookAsync();
        Assert.Empty(told);

        await ChangeAsync(hub.Db, tx =>
        {
            tx.Touch("open", "open too");
            tx.TouchAbout([Guid.CreateVersion7()], "hidden");
        });
        await other.LookAsync();
        Assert.Equal(["everybody: open", "hub: hidden"], told.Order());
        // Neither again, nor on the node that has notified its own pages at once.
        await other.LookAsync();
        await hub.Services.GetRequiredService<NodeWatch>().LookAsync(CancellationToken.None);
        Assert.Equal((2, 1), (told.Count, here));

        await ChangeAsync(other.Db, tx => tx.Touch("open"));
        await hub.Services.GetRequiredService<NodeWatch>().LookAsync(CancellationToken.None);
        Assert.Equal(2, here);
        // A refused act changes nothing.
        told.Clear();
        await hub.Db.WriteAsync<Done>(tx =>
        {
            tx.Touch("open");
            return Task.FromResult<Result<Done>>(Refusal.Stale("No."));
        });
        await other.LookAsync();
        Assert.Empty(told);
    }

    [Fact]
    public async Task A_commit_that_is_later_than_one_with_a_higher_number_is_still_delivered()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "SQL Server gives the numbers itself.");
        await using var hub = new TestHub { Shares = true };
        using var other = new OtherNode(hub);
        await WriteAsync(hub, 1, "before");
        Assert.Equal(["before"], await TopicsAsync(other));
        await WriteAsync(hub, 5, "fifth");
        Assert.Equal(["fifth"], await TopicsAsync(other));
        await WriteAsync(hub, 3, "third");
        await WriteAsync(hub, 6, "sixth");
        Assert.Equal(["third", "sixth"], await TopicsAsync(other));
        Assert.Empty(await TopicsAsync(other));
        // A transaction that lasted for so long was rolled back.
        hub.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(await TopicsAsync(other));
        await WriteAsync(hub, 4, "never");
        Assert.Empty(await TopicsAsync(other));
    }

    [Fact]
    public async Task A_late_commit_is_delivered_by_the_next_look_when_one_fails_after_it_was_read()
    {
        Assert.SkipWhen(TestEngine.Current != Engine.Sqlite, "SQL Server gives the numbers itself.");
        await using var hub = new TestHub { Shares = true };
        using var other = new OtherNode(hub);
        await WriteAsync(hub, 1, "before");
        await TopicsAsync(other);
        await WriteAsync(hub, 3, "third");
        await TopicsAsync(other);
        await WriteAsync(hub, 2, "second");
        await Assert.ThrowsAsync<TimeoutException>(() => other.Db.ReadAsync(sql => other.Changes.ReadAsync(FailingSql.Of(sql))));
        Assert.Equal(["second"], await TopicsAsync(other));
    }

    [Fact]
    public async Task Old_changes_are_deleted_and_a_node_that_was_away_for_long_takes_everything_as_changed()
    {
        await using var hub = new TestHub { Shares = true };
        using var other = new OtherNode(hub);
        await ChangeAsync(hub.Db, tx => tx.Touch("a"));
        await ChangeAsync(hub.Db, tx => tx.Touch("b"));
        await other.LookAsync();
        hub.Clock.Advance(NodeChanges.Kept - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await ExpireAsync(hub));
        var told = 0;
        using var page = other.Live.Subscribe(["anything"], () => told++);
        var caches = new List<IReadOnlyCollection<string>?>();
        other.Watch.Changed += caches.Add;
        await other.LookAsync();
        Assert.Equal(1, told);
        Assert.Null(Assert.Single(caches));
        hub.Clock.Advance(TimeSpan.FromSeconds(2));
        // The last one stays, so that numbers go on from it.
        Assert.NotEqual(0, await ExpireAsync(hub));
        Assert.Single(await hub.Db.ReadAsync(sql => sql.QueryAsync<object>("LiveChange_After", new { After = 0, Limit = 9 })));
    }

    [Fact]
    public async Task One_node_holds_the_lease_of_a_tick_and_asks_rarely_and_another_takes_it_when_it_ends()
    {
        await using var hub = new TestHub { RecordsWrites = true };
        using var other = new OtherNode(hub);
        var here = new TickLease("Probe", new(Guid.CreateVersion7(), true), hub.Db, hub.Clock);
        var there = new TickLease("Probe", other.Node, other.Db, hub.Clock);
        var writes = (RecordedWrites)hub.Services.GetRequiredService<IWriter>();
        writes.Take();
        Assert.True(await here.HoldsAsync(default));
        for (var second = 0; second < 14; second++)
        {
            Assert.False(await there.HoldsAsync(default));
            Assert.True(await here.HoldsAsync(default));
            hub.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        // Taken, and renewed each five seconds.
        Assert.Equal(3, writes.Take().Count);
        // The node has ended.
        hub.Clock.Advance(TickLease.Lasts);
        Assert.True(await there.HoldsAsync(default));
        Assert.False(await here.HoldsAsync(default));
    }

    private static async Task<IEnumerable<string>> TopicsAsync(OtherNode node) =>
        (await node.Db.ReadAsync(node.Changes.ReadAsync))!.SelectMany(c => c.Topics);

    private static Task<int> ExpireAsync(TestHub hub) => ValueAsync(hub.Db.WriteAsync<int>(async tx => await NodeChanges.ExpireAsync(tx)));

    private static async Task<T> ValueAsync<T>(Task<Result<T>> result) => (await result).Value;

    private static Task ChangeAsync(Db db, Action<UnitOfWork> change) => db.WriteAsync<Done>(tx =>
    {
        change(tx);
        return Task.FromResult<Result<Done>>(default(Done));
    });

    private static Task WriteAsync(TestHub hub, long number, string topic) => hub.Db.WriteAsync<Done>(async tx =>
    {
        await Dapper.SqlMapper.ExecuteAsync(tx.Connection,
            "INSERT INTO LiveChange (Number, NodeId, ChangedAt, Changes) VALUES (@number, @NodeId, @Now, @Changes)",
            new { number, NodeId = Guid.Empty, tx.Now, Changes = $$"""[{"S":[],"T":["{{topic}}"]}]""" }, tx.Transaction);
        return default(Done);
    });

    /// <summary>The connection breaks before the newest changes are read.</summary>
    public class FailingSql : System.Reflection.DispatchProxy
    {
        private ISql _sql = null!;

        internal static ISql Of(ISql sql)
        {
            var proxy = Create<ISql, FailingSql>();
            ((FailingSql)(object)proxy)._sql = sql;
            return proxy;
        }

        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args) =>
            args is ["LiveChange_After", ..] ? throw new TimeoutException() : targetMethod!.Invoke(_sql, args);
    }
}
