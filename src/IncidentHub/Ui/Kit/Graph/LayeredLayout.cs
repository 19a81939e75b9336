namespace IncidentHub.Ui.Kit;

/// <summary>A node of a layered graph.</summary>
/// <param name="Key">Identifies it among the nodes.</param>
/// <param name="Layer">Layers are drawn from left to right in this order.</param>
/// <param name="Text">The name in the box; cut where it is longer.</param>
/// <param name="Label">What a screen reader says: name, kind and facts.</param>
public sealed record GraphNode(string Key, int Layer, string Text, string Label, string Href)
{
    /// <summary>What the node is, in the box: «Model», «MCI feeds».</summary>
    public string? Note { get; init; }

    /// <summary>Classes for its look.</summary>
    public string? Class { get; init; }
}

/// <summary>An edge, drawn from left to right where the layers allow it.</summary>
public sealed record GraphEdge(string From, string To, string? Class = null);

/// <summary>A node with its place: the left upper corner of its box.</summary>
/// <param name="Row">Its place in the layer, from the top.</param>
public sealed record PlacedNode(GraphNode Node, int Row, double X, double Y);

/// <summary>An edge with the points through which it is drawn.</summary>
public sealed record PlacedEdge(GraphEdge Edge, IReadOnlyList<(double X, double Y)> Points);

/// <summary>
/// The layout of a layered graph, the same for the same graph: nodes of a layer in a column, ordered so that few edges cross, each as near
/// to its neighbours as the others allow. An edge over several layers keeps a lane free in each of them.
/// </summary>
public sealed class LayeredLayout
{
    public const double BoxWidth = 184, BoxHeight = 34, Lane = 9, Gap = 10, Across = 56, Top = 34, Margin = 10;
    private const int Sweeps = 12, Settles = 8;

    private readonly List<List<Spot>> _columns = [];
    private readonly List<(Spot From, Spot To)> _links = [];

    public IReadOnlyList<PlacedNode> Nodes { get; }
    public IReadOnlyList<PlacedEdge> Edges { get; }

    /// <summary>The left edge of each layer, for headings.</summary>
    public IReadOnlyDictionary<int, double> Layers { get; }
    public double Width { get; }
    public double Height { get; }

    /// <param name="edges">Edges whose ends are not among the nodes are left out, as are repeated ones.</param>
    public static LayeredLayout Of(IReadOnlyList<GraphNode> nodes, IEnumerable<GraphEdge> edges) => new(nodes, edges);

    private LayeredLayout(IReadOnlyList<GraphNode> nodes, IEnumerable<GraphEdge> edges)
    {
        var layers = nodes.Select(n => n.Layer).Distinct().Order().ToList();
        var spots = nodes.ToDictionary(n => n.Key, n => new Spot(n, layers.IndexOf(n.Layer)));
        _columns.AddRange(layers.Select((_, column) => spots.Values.Where(s => s.Column == column).ToList()));
        var known = edges.DistinctBy(e => (e.From, e.To)).Where(e => e.From != e.To && spots.ContainsKey(e.From) && spots.ContainsKey(e.To))
            .Select(e => (Edge: e, Path: Connect(spots[e.From], spots[e.To]))).ToList();
        Order();
        Settle();
        double left = Margin;
        var xs = _columns.Select(_ => (left += BoxWidth + Across) - BoxWidth - Across).ToList();
        var first = _columns.SelectMany(c => c).Select(s => s.Y).DefaultIfEmpty().Min();
        Nodes = [.. _columns.SelectMany(c => c.Where(s => s.Node is not null)
            .Select((s, row) => new PlacedNode(s.Node!, row, xs[s.Column], Top + s.Y - first)))];
        Edges = [.. known.Select(k => new PlacedEdge(k.Edge, Points(k.Path, xs, Top - first)))];
        Layers = layers.Select((l, i) => (l, xs[i])).ToDictionary(l => l.l, l => l.Item2);
        Width = Math.Max(0, left - Across) + Margin;
        Height = _columns.SelectMany(c => c).Select(s => s.Y + s.Size).DefaultIfEmpty().Max() - first + Top;
    }

    // Through a lane in every column between the two. What leads back, or stays in its column, does not shape the layout.
    private List<Spot> Connect(Spot from, Spot to)
    {
        var path = new List<Spot> { from };
        for (var column = from.Column + 1; column < to.Column; column++)
        {
            var lane = new Spot(null, column);
            _columns[column].Add(lane);
            path.Add(lane);
        }
        path.Add(to);
        if (from.Column < to.Column) _links.AddRange(path.Zip(path.Skip(1)));
        return path;
    }

    // By the mean place of the neighbours, to the right and to the left in turns; the best order that was met stays.
    private void Order()
    {
        foreach (var (from, to) in _links)
        {
            from.Right.Add(to);
            to.Left.Add(from);
        }
        foreach (var column in _columns) Number(column);
        var (best, least) = (Snapshot(), Crossings());
        for (var sweep = 0; sweep < Sweeps && least > 0; sweep++)
        {
            var right = sweep % 2 == 0;
            foreach (var column in right ? _columns.Skip(1) : _columns.AsEnumerable().Reverse().Skip(1))
            {
                var sorted = column.OrderBy(s => Mean(right ? s.Left : s.Right) ?? s.Row).ToList();
                column.Clear();
                column.AddRange(sorted);
                Number(column);
            }
            if (Crossings() is var crossings && crossings >= least) continue;
            (best, least) = (Snapshot(), crossings);
        }
        for (var i = 0; i < _columns.Count; i++)
        {
            _columns[i].Clear();
            _columns[i].AddRange(best[i]);
            Number(_columns[i]);
        }

        List<Spot[]> Snapshot() => [.. _columns.Select(c => c.ToArray())];
    }

    private static double? Mean(List<Spot> neighbours) => neighbours.Count == 0 ? null : neighbours.Average(n => n.Row);

    private static void Number(List<Spot> column)
    {
        for (var i = 0; i < column.Count; i++) column[i].Row = i;
    }

    // Edges between two columns cross where their ends are in another order: counted by a sum tree over the ends on the right.
    private long Crossings()
    {
        long all = 0;
        foreach (var between in _links.GroupBy(l => l.From.Column))
        {
            var size = _columns[between.Key + 1].Count;
            var tree = new int[size + 1];
            var seen = 0;
            foreach (var (_, to) in between.OrderBy(l => l.From.Row).ThenBy(l => l.To.Row))
            {
                var before = 0;
                for (var i = to.Row + 1; i > 0; i -= i & -i) before += tree[i];
                all += seen - before;
                for (var i = to.Row + 1; i <= size; i += i & -i) tree[i]++;
                seen++;
            }
        }
        return all;
    }

    // Every node wants the mean height of its neighbours. With the order kept and no overlap, the nearest to that is an isotonic
    // regression: neighbours in the column that would overlap become a block, which moves to the mean of what its members want.
    private void Settle()
    {
        foreach (var column in _columns)
        {
            double y = 0;
            foreach (var s in column) (s.Y, y) = (y, y + s.Size);
        }
        for (var turn = 0; turn < Settles; turn++)
        {
            foreach (var column in turn % 2 == 0 ? _columns : _columns.AsEnumerable().Reverse()) Place(column);
        }
    }

    private static void Place(List<Spot> column)
    {
        var blocks = new List<(double Sum, int Count)>();
        double offset = 0;
        foreach (var s in column)
        {
            var near = s.Left.Concat(s.Right).ToList();
            var wanted = near.Count == 0 ? s.Y : near.Average(n => n.Y + n.Size / 2) - s.Size / 2;
            blocks.Add((wanted - offset, 1));
            offset += s.Size;
            while (blocks.Count > 1 && blocks[^2].Sum / blocks[^2].Count >= blocks[^1].Sum / blocks[^1].Count)
            {
                var (a, b) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add((a.Sum + b.Sum, a.Count + b.Count));
            }
        }
        var (at, down) = (0, 0.0);
        foreach (var (sum, count) in blocks)
        {
            for (var i = 0; i < count; i++, at++)
            {
                column[at].Y = (sum / count) + down;
                down += column[at].Size;
            }
        }
    }

    // From the right side of the first box to the left side of the last; from right to right where it leads back.
    private static (double X, double Y)[] Points(List<Spot> path, List<double> xs, double top)
    {
        var (from, to) = (path[0], path[^1]);
        var start = (xs[from.Column] + BoxWidth, from.Y + top + BoxHeight / 2);
        var end = (xs[to.Column] + (from.Column < to.Column ? 0 : BoxWidth), to.Y + top + BoxHeight / 2);
        var lanes = path.Skip(1).SkipLast(1).SelectMany(s => new[]
        {
            (xs[s.Column], s.Y + top + Lane / 2), (xs[s.Column] + BoxWidth, s.Y + top + Lane / 2),
        });
        return [start, .. lanes, end];
    }

    /// <summary>A node, or (without one) the lane of an edge in a column that it crosses.</summary>
    private sealed class Spot(GraphNode? node, int column)
    {
        public GraphNode? Node => node;
        public int Column => column;
        public int Row { get; set; }
        public double Y { get; set; }
        public double Size => node is null ? Lane : BoxHeight + Gap;
        public List<Spot> Left { get; } = [];
        public List<Spot> Right { get; } = [];
    }
}
