using IncidentHub.Domain.Datasets;

namespace IncidentHub.Catalog.Datasets.Parts;

/// <summary>
/// A node of the drawing. <paramref name="Column"/> 0 is the dataset itself, negative ones are what it is derived from,
/// positive ones what is derived from it.
/// </summary>
public sealed record LineageNode(Guid Id, string Name, bool IsModel, bool OverExposed, int Column)
{
    public int Row { get; init; }
}

/// <summary>The layout of a lineage drawing: the position of each box and the connections.</summary>
public sealed record LineageView(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<(LineageNode From, LineageNode To)> Edges)
{
    public int Columns => Nodes.Max(n => n.Column) - Nodes.Min(n => n.Column) + 1;

    public int Rows => Nodes.Max(n => n.Row) + 1;

    public int FirstColumn => Nodes.Min(n => n.Column);

    internal static LineageView Of(DatasetPage page)
    {
        var (state, details) = (page.Dataset.State, page.Dataset.State.Details);
        var self = new LineageNode(state.Id, state.Name, details.Kind == DatasetKind.Model, details.IsOverExposed, 0);
        // A cycle may put a dataset on both sides; it is drawn once, downstream, the direction in which exposure spreads.
        var below = page.Downstream.Derived.Select(d => Node(d.Dataset, d.Distance)).ToList();
        var known = below.Select(n => n.Id).ToHashSet();
        var above = page.DerivedFrom.Where(d => !known.Contains(d.Id)).Select(d => Node(d, -1));
        var placed = above.Append(self).Concat(below)
            .GroupBy(n => n.Column)
            .SelectMany(column => column.Select((n, row) => n with { Row = row }))
            .ToDictionary(n => n.Id);
        var edges = page.Downstream.Edges.Concat(page.DerivedFrom.Select(d => new LineageEdge(d.Id, self.Id))).Distinct()
            .Where(e => placed.TryGetValue(e.Upstream, out var up) && placed.TryGetValue(e.Downstream, out var down)
                && up.Column < down.Column);
        return new([.. placed.Values], [.. edges.Select(e => (placed[e.Upstream], placed[e.Downstream]))]);
    }

    private static LineageNode Node(DatasetBrief d, int column) => new(d.Id, d.Name, d.Kind == DatasetKind.Model, d.OverExposed, column);
}
