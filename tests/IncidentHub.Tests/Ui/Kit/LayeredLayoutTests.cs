using FsCheck;
using FsCheck.Fluent;
using IncidentHub.Ui.Kit;
using static IncidentHub.Ui.Kit.LayeredLayout;

namespace IncidentHub.Tests.Ui.Kit;

public sealed class LayeredLayoutTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(300);

    /// <summary>Layers of nodes, and edges between any two of them, unknown ones included.</summary>
    private static readonly Arbitrary<(int[] Layers, (int From, int To)[] Edges)> Any =
        (from layers in Gen.NonEmptyListOf(Gen.Choose(-1, 6))
         from edges in Gen.Two(Gen.Choose(0, layers.Count)).Select(e => (e.Item1, e.Item2)).ArrayOf()
         select (layers.ToArray(), edges)).ToArbitrary();

    private static GraphNode Node(int n, int layer) => new($"{n}", layer, $"node {n}", $"node {n}", $"nodes/{n}");

    private static LayeredLayout Of(int[] layers, params (int From, int To)[] edges) =>
        LayeredLayout.Of([.. layers.Select((l, i) => Node(i, l))], edges.Select(e => new GraphEdge($"{e.From}", $"{e.To}")));

    [Fact]
    public void Every_node_is_placed_once_in_the_column_of_its_layer_and_none_overlap() => Check.One(Thorough, Prop.ForAll(Any, g =>
    {
        var layout = Of(g.Layers, g.Edges);
        Assert.Equal(Enumerable.Range(0, g.Layers.Length).Select(i => $"{i}").Order(), layout.Nodes.Select(n => n.Node.Key).Order());
        Assert.All(layout.Nodes, n => Assert.Equal(layout.Layers[n.Node.Layer], n.X));
        Assert.Equal(layout.Layers.Keys.Order(), layout.Layers.OrderBy(l => l.Value).Select(l => l.Key));
        foreach (var column in layout.Nodes.GroupBy(n => n.X))
        {
            var ys = column.OrderBy(n => n.Row).Select(n => n.Y).ToList();
            Assert.All(ys.Zip(ys.Skip(1)), p => Assert.True(p.Second - p.First >= BoxHeight + Gap - .001));
        }
    }));

    [Fact]
    public void All_of_it_is_within_the_drawing() => Check.One(Thorough, Prop.ForAll(Any, g =>
    {
        var layout = Of(g.Layers, g.Edges);
        Assert.All(layout.Nodes, n => Assert.True(
            n.X >= 0 && n.Y >= Top - .001 && n.X + BoxWidth <= layout.Width && n.Y + BoxHeight <= layout.Height));
        Assert.All(layout.Edges.SelectMany(e => e.Points), p => Assert.InRange(p.X, 0, layout.Width));
    }));

    [Fact]
    public void Each_edge_between_known_nodes_is_drawn_once_from_its_first_to_its_last() => Check.One(Thorough, Prop.ForAll(Any, g =>
    {
        var layout = Of(g.Layers, g.Edges);
        var wanted = g.Edges.Where(e => e.From != e.To && e.From < g.Layers.Length && e.To < g.Layers.Length).Distinct();
        Assert.Equal(wanted.Select(e => $"{e.From}-{e.To}").Order(), layout.Edges.Select(e => $"{e.Edge.From}-{e.Edge.To}").Order());
        var nodes = layout.Nodes.ToDictionary(n => n.Node.Key);
        Assert.All(layout.Edges, e =>
        {
            Assert.Equal(nodes[e.Edge.From].X + BoxWidth, e.Points[0].X);
            Assert.Equal(nodes[e.Edge.From].Y + (BoxHeight / 2), e.Points[0].Y, 3);
            Assert.Equal(nodes[e.Edge.To].Y + (BoxHeight / 2), e.Points[^1].Y, 3);
        });
    }));

    [Fact]
    public void The_same_graph_has_the_same_layout() => Check.One(Thorough, Prop.ForAll(Any, g =>
        Assert.Equal(Of(g.Layers, g.Edges).Nodes, Of(g.Layers, g.Edges).Nodes)));

    [Fact]
    public void Edges_that_would_cross_are_untangled()
    {
        // Three pairs, joined crosswise.
        var layout = Of([0, 0, 0, 1, 1, 1], (0, 5), (1, 4), (2, 3));
        var rows = layout.Nodes.ToDictionary(n => n.Node.Key, n => n.Row);
        Assert.Equal((rows["0"], rows["1"], rows["2"]), (rows["5"], rows["4"], rows["3"]));
    }

    [Fact]
    public void An_edge_over_several_layers_keeps_clear_of_their_nodes()
    {
        var layout = Of([0, 1, 2, 1], (0, 1), (1, 2), (0, 2), (0, 3));
        var far = layout.Edges.Single(e => e.Edge is { From: "0", To: "2" });
        var lane = far.Points[1].Y;
        Assert.All(layout.Nodes.Where(n => n.Node.Layer == 1), n => Assert.False(lane > n.Y && lane < n.Y + BoxHeight));
    }

    [Fact]
    public void Nothing_has_an_empty_layout() => Assert.Empty(LayeredLayout.Of([], []).Nodes);
}
