using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>A program with a proposed or active pause, or one whose switch waits for a confirmation after a restored backup.</summary>
/// <param name="Since">When its oldest active pause became active, else since when it is held; null where pauses are only proposed.</param>
/// <param name="Deadline">When the next proposed pause becomes active unless it is declined.</param>
/// <param name="HeldSince">Since when it waits for the confirmation; null where it does not.</param>
internal sealed record OpenPauses(ProgramFacts Program, CollectionStatus Status, DateTimeOffset? Since,
    DateTimeOffset? Deadline, int Active, DateTimeOffset? HeldSince)
{
    /// <summary>
    /// Published query: every such program as it exists for the viewer, longest paused first. Three statements, and one per program; few
    /// programs are paused at a time.
    /// </summary>
    public static async Task<IReadOnlyList<OpenPauses>> AllAsync(ISql sql, ProgramReader programs, PauseCauses causes, Actor viewer)
    {
        var all = new List<OpenPauses>();
        var open = (await PauseStore.OpenAsync(sql)).ToLookup(p => p.ProgramId, p => p.State);
        var held = await ProgramSwitch.HeldAsync(sql);
        foreach (var id in open.Select(g => g.Key).Union(held.Keys))
        {
            if (await programs.FindAsync(sql, id) is not { } program) continue;
            var pauses = open[id].ToList();
            if (pauses.Count > 0) pauses = [.. pauses.Where(await causes.ExistAsync(sql, pauses, program, viewer))];
            var waits = held.GetValueOrDefault(id)?.Since;
            if (pauses.Count == 0 && waits is null) continue;
            var status = ProgramCollection.Derive(program.Lifecycle, program.Categories, program.Regions, pauses, waits is not null);
            if (status is CollectionStatus.Terminated or CollectionStatus.NotLive) continue;
            var standing = pauses.Where(p => p.Status == PauseStatus.Active).ToList();
            all.Add(new(program, status, standing.Min(p => p.Activated?.At) ?? waits, pauses.Where(p => p.Status == PauseStatus.Proposed)
                .Min(p => p.Deadline), standing.Count, waits));
        }
        return [.. all.OrderBy(p => p.Since ?? DateTimeOffset.MaxValue).ThenBy(p => p.Deadline)];
    }

    /// <summary>By a pause that is no drill. A program that is only held is not paused.</summary>
    public bool IsPaused => Status is CollectionStatus.Paused or CollectionStatus.PartlyPaused or CollectionStatus.Resuming
        || (Status == CollectionStatus.Held && Active > 0);

    public bool IsMine(Actor actor) => Program.Relation(actor) == Relation.OwnProgram;
}
