using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Pauses;

/// <summary>The collection status of a program: derived from its lifecycle, its pauses and its switch, never stored.</summary>
public enum CollectionStatus
{
    NotLive, Collecting, PauseProposed, PartlyPaused, Paused, Drill, Terminated, Resuming,

    /// <summary>No pause stops all of it, but no permit is issued until a person confirms what may be collected.</summary>
    Held,
}

/// <summary>Derives <see cref="CollectionStatus"/>.</summary>
public static class ProgramCollection
{
    /// <summary>The status of a program from its pauses; the most severe applies, a real pause before a drill.</summary>
    /// <param name="held">Whether no permit is issued, because the hub was restored and nobody has confirmed yet.</param>
    public static CollectionStatus Derive(
        ProgramLifecycle lifecycle, IReadOnlyCollection<string> categories, IReadOnlyCollection<string> regions,
        IReadOnlyCollection<PauseState> pauses, bool held)
    {
        var status = ByPauses(lifecycle, categories, regions, pauses);
        return held && MayCollect(status) ? CollectionStatus.Held : status;
    }

    /// <summary>Whether something of the program may be collected, as far as its pauses say.</summary>
    private static bool MayCollect(CollectionStatus status) => status is CollectionStatus.Collecting or CollectionStatus.PauseProposed
        or CollectionStatus.PartlyPaused or CollectionStatus.Resuming;

    private static CollectionStatus ByPauses(ProgramLifecycle lifecycle, IReadOnlyCollection<string> categories,
        IReadOnlyCollection<string> regions, IReadOnlyCollection<PauseState> pauses)
    {
        if (lifecycle == ProgramLifecycle.Terminated) return CollectionStatus.Terminated;
        if (lifecycle == ProgramLifecycle.Draft) return CollectionStatus.NotLive;

        var standing = pauses.Where(p => p.Status == PauseStatus.Active).ToList();
        if (standing.Count == 0)
            return pauses.Any(p => p.Status == PauseStatus.Proposed) ? CollectionStatus.PauseProposed : CollectionStatus.Collecting;
        if (standing.All(p => p.IsDrill)) return CollectionStatus.Drill;
        // The device that is released first shows whether a staged resume has released anybody yet.
        if (standing.Any(p => p.ReleasedShare > 0) && Allowance.Allowed(categories, regions, standing, bucket: 0).Values.Any(allowed =>
            allowed.Count > 0)) return CollectionStatus.Resuming;
        return standing.Any(p => p.Scope.IsWhole) || Allowance.Allowed(categories, regions, standing).Values.All(
            allowed => allowed.Count == 0)
            ? CollectionStatus.Paused
            : CollectionStatus.PartlyPaused;
    }
}
