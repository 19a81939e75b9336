namespace IncidentHub.Domain.Incidents;

/// <summary>
/// What the hub itself sees happen to an incident's collecting. It goes with the cycle that it answers, whatever people do to the incident
/// meanwhile.
/// </summary>
public static class CycleRules
{
    /// <summary>
    /// A pause came in force. The first order of a cycle counts; a later one means that collecting is not stopped yet after all.
    /// </summary>
    /// <returns>The cycle as it is now, or null where nothing changes.</returns>
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
    /// All collecting of the incident's programs is proven stopped. It counts for the cycle whose order it answers, also after a reopening.
    /// </summary>
    /// <returns>The cycle as it is now, or null where nothing changes.</returns>
    public static Cycle? CollectionStopped(IReadOnlyList<Cycle> cycles, DateTimeOffset at) =>
        cycles.LastOrDefault(c => c.PauseOrdered <= at) is { CollectionStopped: null } cycle ? cycle with { CollectionStopped = at } : null;

    /// <summary>
    /// A collector went on after its stop: when collecting stopped is not known after all. It is taken back in the cycle whose order the
    /// pause was.
    /// </summary>
    /// <returns>The cycle as it is now, or null where nothing changes.</returns>
    public static Cycle? CollectionWentOn(IReadOnlyList<Cycle> cycles, DateTimeOffset pausedAt) =>
        cycles.LastOrDefault(c => c.PauseOrdered <= pausedAt) is { CollectionStopped: not null } cycle
            ? cycle with { CollectionStopped = null } : null;
}
