using IncidentHub.Ui.Kit;

namespace IncidentHub.Response.Incidents;

/// <summary>The graph of a blast radius: what feeds and what is derived, by step; farther steps are collapsed into one node.</summary>
internal sealed record ReachGraph(LayeredLayout Layout, IReadOnlyDictionary<int, string> Headings, int Shown, int Hidden)
{
    /// <summary>How many nodes are drawn at most.</summary>
    public const int MaxNodes = 300;

    /// <summary>How many nodes are drawn where the reader has not chosen steps.</summary>
    public const int Readable = 200;

    private const string More = "more";

    /// <summary>The farthest step that is shown at first: all, or as many as can be read.</summary>
    public static int StepsShown(BlastRadiusView view) =>
        Enumerable.Range(0, view.Steps + 1).LastOrDefault(step => view.Nodes.Count(n => n.Step <= step) <= Readable);

    /// <param name="steps">Farther steps are collapsed.</param>
    /// <param name="address">The address at which this many steps are shown.</param>
    public static ReachGraph Of(BlastRadiusView view, int steps, Func<int, string> address)
    {
        var shown = view.Nodes.Where(n => n.Step <= steps).Take(MaxNodes).ToList();
        var keys = shown.Select(n => Key(n.Kind == ReachKind.Program, n.Name)).ToHashSet();
        var hidden = view.Nodes.Count - shown.Count;
        List<GraphNode> nodes = [.. shown.Select(Node)];
        if (hidden > 0)
        {
            var text = $"{hidden:N0} more";
            nodes.Add(new(More, Layer(false, steps + 1), text, $"{text}, collapsed: show step {steps + 1}", address(steps + 1))
            {
                Class = "more",
                Note = $"show step {steps + 1}",
            });
        }
        var edges = view.Links.Select(l => (From: Key(l.Feeds, l.From), To: Key(false, l.To), l.Feeds)).Where(l => keys.Contains(l.From))
            .Select(l => new GraphEdge(l.From, keys.Contains(l.To) ? l.To : More, l.Feeds ? "feeds" : null));
        var layout = LayeredLayout.Of(nodes, edges);
        var collapsed = hidden > 0 ? Layer(false, steps + 1) : int.MaxValue;
        return new(layout, layout.Layers.Keys.ToDictionary(l => l, l => Heading(l, l == collapsed)), shown.Count, hidden);
    }

    private static GraphNode Node(ReachNode n)
    {
        var program = n.Kind == ReachKind.Program;
        return new(Key(program, n.Name), Layer(program, n.Step), n.Name, ReachWords.Label(n), ReachWords.Href(n))
        {
            Note = n switch
            {
                { Kind: ReachKind.Program, Involvement: { } kind } => $"Program · {kind.ToString().ToLowerInvariant()}",
                { Kind: ReachKind.Program } => "Program · not linked",
                { Records: { } records } => $"{n.Kind} · {Ui.Times.Count(records)} records",
                _ => n.Kind.ToString(),
            },
            Class = n.Exposed ? "bad" : n.Kind.ToString().ToLowerInvariant(),
        };
    }

    // A program stands in a layer of its own, left of the nearest dataset that it feeds.
    private static int Layer(bool program, int step) => (2 * step) - (program ? 1 : 0);

    private static string Key(bool program, string name) => $"{(program ? 'p' : 'd')}:{name}";

    private static string Heading(int layer, bool collapsed) =>
        collapsed ? "Collapsed" : layer % 2 != 0 ? "Programs" : layer == 0 ? "Exposed" : ReachWords.Step(layer / 2);
}
