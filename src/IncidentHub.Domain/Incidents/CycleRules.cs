namespace IncidentHub.Domain.Incidents;

/// <summary>
/// What the hub observes about collecting during an incident. It belongs to the cycle that ordered the pause, whatever people change
/// meanwhile.
/// </summary>
public static class CycleRules
{
    /// <summary>A pause became active. The first order of a cycle counts; a later one means that collecting has not stopped yet.</summary>
    /// <returns>The changed cycle, or null where nothing changes.</returns>
    public static Cycle? PauseOrdered(IReadOnlyList<Cycle> cycles, DateTimeOffset at)
    {
        if (cycles.LastOrDefault(c => c.Opened <= at) is not { } cycle) return null;
        var next = cycle with
        {
            PauseOrdered = cycle.PauseOrdered ?? at,
            CollectionStopped = cycle.CollectionStopped < at ? null : cycle.CollectionStopped
        };
        return next == cycle ? null : next;
    }

    /// <summary>
    /// All collecting of the incident's programs is proven stopped. It counts for the cycle that ordered it, also after a reopening.
    /// </summary>
    /// <returns>The changed cycle, or null where nothing changes.</returns>
    public static Cycle? CollectionStopped(IReadOnlyList<Cycle> cycles, DateTimeOffset at) =>
        cycles.LastOrDefault(c => c.PauseOrdered <= at) is { CollectionStopped: null } cycle ? cycle with { CollectionStopped = at } : null;

    /// <summary>
    /// A collector went on after its stop: when collecting stopped is unknown again. The timestamp is removed from the cycle that ordered
    /// the pause.
    /// </summary>
    /// <returns>The changed cycle, or null where nothing changes.</returns>
    public static Cycle? CollectionWentOn(IReadOnlyList<Cycle> cycles, DateTimeOffset pausedAt) =>
        cycles.LastOrDefault(c => c.PauseOrdered <= pausedAt) is { CollectionStopped: not null } cycle
            ? cycle with { CollectionStopped = null } : null;
}
