using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Domain.Datasets;

namespace IncidentHub.Tests.Domain.Datasets;

public sealed class LineageTests
{
    private static Guid Node(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static LineageEdge[] Edges(params (int From, int To)[] edges) =>
        [.. edges.Select(e => new LineageEdge(Node(e.From), Node(e.To)))];

    private static IEnumerable<(int, int)> Walk(int[] exposed, params (int From, int To)[] edges) =>
        LineageWalk.Downstream(exposed.Select(Node), Edges(edges)).Select(r => (BitConverter.ToInt32(r.Id.ToByteArray()), r.Distance));

    [Fact]
    public void The_blast_radius_is_everything_derived_nearest_first() =>
        Assert.Equal([(2, 1), (3, 2), (4, 3)], Walk([1], (1, 2), (2, 3), (3, 4), (9, 1)));

    [Fact]
    public void A_cycle_ends_and_what_was_exposed_is_not_its_own_blast_radius() =>
        Assert.Equal([(2, 1), (3, 2)], Walk([1], (1, 2), (2, 3), (3, 1)));

    [Fact]
    public void The_shortest_way_counts() => Assert.Equal([(2, 1), (3, 1), (4, 2)], Walk([1], (1, 2), (1, 3), (2, 4), (3, 4), (2, 3)));

    [Fact]
    public void Nothing_exposed_reaches_nothing() => Assert.Empty(Walk([], (1, 2)));

    [Fact]
    public void Forty_layers_of_diamonds_are_walked_once()
    {
        // By paths this would be 2 to the power of 40.
        var edges = Enumerable.Range(0, 40)
            .SelectMany(l => new[] { (l * 3, (l * 3) + 1), (l * 3, (l * 3) + 2), ((l * 3) + 1, (l * 3) + 3), ((l * 3) + 2, (l * 3) + 3) })
            .ToArray();
        Assert.Equal(120, Walk([0], edges).Count());
    }

    [Theory]
    [InlineData(2, 9, true, new[] { 2, 3 })]
    [InlineData(3, 9, true, new[] { 2, 3, 4 })]
    [InlineData(4, 9, false, new[] { 2, 3, 4, 5 })]
    [InlineData(9, 1, true, new[] { 2, 3, 4 })]
    [InlineData(9, 2, false, new[] { 2, 3, 4, 5 })]
    public void A_limited_walk_takes_the_nearest_and_says_that_it_was_cut(int datasets, int steps, bool cut, int[] reached)
    {
        var children = Edges((1, 4), (1, 3), (1, 2), (2, 5)).ToLookup(e => e.Upstream, e => e.Downstream);
        var walk = new LineageWalk([Node(1)], new(datasets, steps));
        while (walk.Frontier.Count > 0) walk.Advance([.. walk.Frontier.SelectMany(id => children[id])]);
        Assert.Equal(reached.Select(Node), walk.Reached.Select(r => r.Id).Order());
        Assert.Equal(cut, walk.IsCut);
    }

    [Fact]
    public void The_closure_is_what_a_fixed_point_gives()
    {
        var edge = Gen.Two(Gen.Choose(0, 7)).Where(e => e.Item1 != e.Item2).Select(e => (e.Item1, e.Item2));
        var cases = Gen.Zip(Gen.NonEmptyListOf(Gen.Choose(0, 7)), Gen.ListOf(edge));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var (exposed, edges) = (c.Item1.Distinct().ToArray(), c.Item2.ToArray());
            var all = exposed.ToHashSet();
            while (edges.Any(e => all.Contains(e.Item1) && all.Add(e.Item2))) { }
            Assert.Equal(all.Except(exposed).Order(), Walk(exposed, edges).Select(r => r.Item1).Order());
        }));
    }
}
