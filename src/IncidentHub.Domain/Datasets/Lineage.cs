namespace IncidentHub.Domain.Datasets;

/// <summary>One is derived from the other.</summary>
public readonly record struct LineageEdge(Guid Upstream, Guid Downstream);

/// <summary>Something derived, with the smallest number of steps.</summary>
public readonly record struct Reached(Guid Id, int Distance);

/// <summary>
/// Blast radius: everything derived from what was exposed. Walks breadth first, so that cycles end and diamonds cost nothing.
/// </summary>
public sealed class LineageWalk
{
    private readonly HashSet<Guid> _seen;
    private readonly List<Reached> _reached = [];
    private int _distance;

    /// <summary>
    /// Starts at the exposed datasets, which are not part of their own blast radius, even where a cycle leads back to them.
    /// </summary>
    public LineageWalk(IEnumerable<Guid> exposed)
    {
        _seen = [.. exposed];
        Frontier = [.. _seen];
    }

    /// <summary>Datasets whose direct descendants are needed next; empty when the walk is complete.</summary>
    public IReadOnlyList<Guid> Frontier { get; private set; }

    /// <summary>The nearest first.</summary>
    public IReadOnlyList<Reached> Reached => _reached;

    /// <summary>Adds the direct descendants of the whole <see cref="Frontier"/>.</summary>
    public void Advance(IEnumerable<Guid> descendants)
    {
        _distance++;
        var next = descendants.Where(_seen.Add).ToList();
        _reached.AddRange(next.Select(id => new Reached(id, _distance)));
        Frontier = next;
    }

    /// <summary>The whole closure, where all edges are in memory.</summary>
    public static IReadOnlyList<Reached> Downstream(IEnumerable<Guid> exposed, IReadOnlyCollection<LineageEdge> edges)
    {
        var children = edges.ToLookup(e => e.Upstream, e => e.Downstream);
        var walk = new LineageWalk(exposed);
        while (walk.Frontier.Count > 0) walk.Advance([.. walk.Frontier.SelectMany(id => children[id])]);
        return walk.Reached;
    }
}
