using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using static IncidentHub.Ui.Kit.LayeredLayout;

namespace IncidentHub.Ui.Kit;

/// <summary>The drawing of a layered graph: one component however many nodes there are.</summary>
public sealed class GraphDrawing : ComponentBase
{
    private const int MaxText = 24;

    [Parameter, EditorRequired] public LayeredLayout Layout { get; set; } = null!;
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The heading of each layer.</summary>
    [Parameter, EditorRequired] public IReadOnlyDictionary<int, string> Headings { get; set; } = new Dictionary<int, string>();

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "viewBox", $"0 0 {N(Layout.Width)} {N(Layout.Height)}");
        builder.AddAttribute(2, "style", $"--graph-width:{N(Layout.Width)}px");
        builder.AddAttribute(3, "role", "group");
        builder.AddAttribute(4, "aria-label", Label);
        foreach (var (layer, x) in Layout.Layers)
        {
            builder.OpenRegion(10);
            Text(builder, "heading", x, 16, Headings.GetValueOrDefault(layer, ""));
            builder.CloseRegion();
        }
        foreach (var edge in Layout.Edges)
        {
            builder.OpenElement(20, "path");
            builder.SetKey((edge.Edge.From, edge.Edge.To));
            builder.AddAttribute(21, "class", Css.Join("edge", edge.Edge.Class));
            builder.AddAttribute(22, "d", Path(edge.Points));
            builder.AddAttribute(23, "data-from", edge.Edge.From);
            builder.AddAttribute(24, "data-to", edge.Edge.To);
            builder.CloseElement();
        }
        var isFirst = true;
        foreach (var placed in Layout.Nodes)
        {
            Node(builder, placed, isFirst);
            isFirst = false;
        }
        builder.CloseElement();
    }

    // One node takes part in the tab order; the arrow keys move on from it (graph.js).
    private static void Node(RenderTreeBuilder builder, PlacedNode placed, bool isFirst)
    {
        var node = placed.Node;
        builder.OpenElement(30, "a");
        builder.SetKey(node.Key);
        builder.AddAttribute(31, "href", node.Href);
        builder.AddAttribute(32, "class", Css.Join("node", node.Class));
        builder.AddAttribute(33, "transform", $"translate({N(placed.X)} {N(placed.Y)})");
        builder.AddAttribute(34, "tabindex", isFirst ? "0" : "-1");
        builder.AddAttribute(36, "data-node", node.Key);
        builder.AddAttribute(37, "data-layer", node.Layer);
        builder.AddAttribute(38, "data-row", placed.Row);
        // The name of the node for a screen reader, and its tooltip.
        builder.OpenElement(40, "title");
        builder.AddContent(41, node.Label);
        builder.CloseElement();
        builder.OpenElement(42, "rect");
        builder.AddAttribute(43, "width", N(BoxWidth));
        builder.AddAttribute(44, "height", N(BoxHeight));
        builder.CloseElement();
        builder.OpenRegion(50);
        Text(builder, "name", 10, node.Note is null ? 21 : 15, Cut(node.Text));
        builder.CloseRegion();
        builder.OpenRegion(60);
        if (node.Note is { } note) Text(builder, "note", 10, 28, note);
        builder.CloseRegion();
        builder.CloseElement();
    }

    // In the middle: names of one lineage begin alike, and what tells them apart is often their end.
    private static string Cut(string text) => text.Length <= MaxText
        ? text : $"{TextRules.Start(text, MaxText / 2)}…{text[^(MaxText / 2 - 1)..]}";

    private static void Text(RenderTreeBuilder builder, string css, double x, double y, string text)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", css);
        builder.AddAttribute(2, "x", N(x));
        builder.AddAttribute(3, "y", N(y));
        builder.AddContent(4, text);
        builder.CloseElement();
    }

    // Between columns a curve, through a column a straight line.
    private static string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new System.Text.StringBuilder($"M{N(points[0].X)} {N(points[0].Y)}");
        for (var i = 1; i < points.Count; i++)
        {
            var ((x1, y1), (x2, y2)) = (points[i - 1], points[i]);
            // What leads back, or stays in its column, leaves to the right and returns from there.
            var bend = x2 > x1 ? (x2 - x1) / 2 : -Across * .7;
            if (i % 2 == 0) path.Append($"L{N(x2)} {N(y2)}");
            else if (x2 > x1) path.Append($"C{N(x1 + bend)} {N(y1)} {N(x2 - bend)} {N(y2)} {N(x2)} {N(y2)}");
            else path.Append($"C{N(x1 - bend)} {N(y1)} {N(x2 - bend)} {N(y2)} {N(x2)} {N(y2)}");
        }
        return path.ToString();
    }

    private static string N(double n) => FormattableString.Invariant($"{n:0.#}");
}
