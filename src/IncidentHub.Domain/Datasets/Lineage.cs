namespace IncidentHub.Domain.Datasets;

/// <summary>One is derived from the other.</summary>
public readonly record struct LineageEdge(Guid Upstream, Guid Downstream);

/// <summary>Something derived, with the smallest number of steps.</summary>
public readonly record struct Reached(Guid Id, int Distance);

/// <summary>How far a walk goes.</summary>
/// <param name="Datasets">How many it reaches at most.</param>
/// <param name="Steps">How many steps it takes at most.</param>
public sealed record LineageLimit(int Datasets, int Steps)
{
    public static readonly LineageLimit None = new(int.MaxValue, int.MaxValue);
}

/// <summary>
/// Blast radius: everything derived from what was exposed. Walks breadth first, so that cycles end and diamonds cost nothing.
/// </summary>
public sealed class LineageWalk
{
    private readonly HashSet<Guid> _seen;
    private readonly List<Reached> _reached = [];
    private readonly LineageLimit _limit;
    private int _distance;

    /// <summary>
    /// Starts at the exposed datasets, which are not part of their own blast radius, even where a cycle leads back to them.
    /// </summary>
    /// <param name="limit">Where the walk ends although there is more; null: at the end of the lineage.</param>
    public LineageWalk(IEnumerable<Guid> exposed, LineageLimit? limit = null)
    {
        _seen = [.. exposed];
        _limit = limit ?? LineageLimit.None;
        Frontier = [.. _seen];
    }

    /// <summary>Whether the limit ended the walk: more is derived than was reached.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Datasets whose direct descendants are needed next; empty when the walk is complete.</summary>
    public IReadOnlyList<Guid> Frontier { get; private set; }

    /// <summary>The nearest first.</summary>
    public IReadOnlyList<Reached> Reached => _reached;

    /// <summary>Adds the direct descendants of the whole <see cref="Frontier"/>.</summary>
    public void Advance(IEnumerable<Guid> descendants)
    {
        _distance++;
        var next = descendants.Where(_seen.Add).ToList();
        var room = _distance > _limit.Steps ? 0 : Math.Max(0, _limit.Datasets - _reached.Count);
        if (next.Count > room)
        {
            IsCut = true;
            // The oldest first: which ones are left out does not depend on the order of the rows.
            next = [.. next.Order().Take(room)];
        }
        _reached.AddRange(next.Select(id => new Reached(id, _distance)));
        Frontier = IsCut ? [] : next;
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
