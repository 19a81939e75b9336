using System.Collections.Concurrent;
using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Collector;

/// <summary>The hub accepts each sequence number once: a collector uses none twice with one key.</summary>
public sealed class ItemCountTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("incidenthub-count-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public void Items_are_numbered_from_one_on_without_gaps()
    {
        var gate = Gate(new ItemCount(0, _ => { }));
        for (var expected = 1L; expected <= 3; expected++)
        {
            Assert.True(gate.Begin("clicks").Keep(out var sequence));
            Assert.Equal(expected, sequence);
        }
        Assert.Equal(3, gate.Sequence);
    }

    [Fact]
    public void What_was_discarded_takes_no_number()
    {
        var gate = Gate(new ItemCount(0, _ => { }));
        var act = gate.Begin("clicks");
        gate.Close(GateReason.Paused);
        Assert.False(act.Keep(out var none));
        Assert.Equal((0L, 0L), (none, gate.Sequence));
    }

    [Fact]
    public void After_a_restart_numbers_continue_beyond_all_that_may_have_been_used()
    {
        var used = new HashSet<long>();
        for (var start = 0; start < 3; start++)
        {
            // As after a crash: no shutdown runs.
            using var identity = CollectorIdentity.Load(_state);
            var (count, other) = (identity.CountOf("MCI"), identity.CountOf("OTHER"));
            for (var i = 0; i < ItemCount.Block * 3 / 2; i++)
            {
                Assert.True(count.TryNext(out var number));
                Assert.True(used.Add(number), $"{number} was used before");
            }
            Assert.True(other.TryNext(out var theirs));
            Assert.Equal(start * ItemCount.Block + 1, theirs);
        }
    }

    [Fact]
    public void Another_state_folder_is_another_key_with_its_own_numbers()
    {
        using var first = CollectorIdentity.Load(_state);
        Assert.True(first.CountOf("MCI").TryNext(out _));
        using var second = CollectorIdentity.Load(Path.Combine(_state, "lost"));
        Assert.NotEqual(first.PublicKey.X, second.PublicKey.X);
        Assert.True(second.CountOf("MCI").TryNext(out var number));
        Assert.Equal(1, number);
    }

    [Fact]
    public void While_numbers_cannot_be_stored_no_item_is_kept()
    {
        var isFull = true;
        var gate = Gate(new ItemCount(0, _ =>
        {
            if (isFull) throw new IOException("No space left on device");
        }));
        Assert.False(gate.Begin("clicks").Keep());
        isFull = false;
        Assert.True(gate.Begin("clicks").Keep());
    }

    [Fact]
    public void Concurrent_threads_share_no_number_and_never_exceed_the_stored_block()
    {
        var (written, seen) = (0L, new ConcurrentBag<long>());
        var count = new ItemCount(0, upTo => Interlocked.Exchange(ref written, upTo));
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < ItemCount.Block; i++)
            {
                Assert.True(count.TryNext(out var number));
                Assert.True(number <= Interlocked.Read(ref written));
                seen.Add(number);
            }
        });
        Assert.Equal(4 * ItemCount.Block, seen.Distinct().LongCount());
    }

    private static CollectionGate Gate(ItemCount count)
    {
        var (boot, wall) = (new FakeBootClock(), new TestClock());
        var gate = new CollectionGate("MCI", boot, wall, TimeSpan.FromSeconds(2), count);
        gate.Open(new Permit("t", "j", 1, ["clicks"], boot.Nanoseconds, wall.GetUtcNow().UtcTicks, 60_000_000_000));
        return gate;
    }
}
