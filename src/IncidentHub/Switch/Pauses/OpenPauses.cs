using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>A program with a proposed or active pause.</summary>
/// <param name="Since">When its oldest active pause became active; null where pauses are only proposed.</param>
/// <param name="Deadline">When the next proposed pause becomes active unless it is declined.</param>
internal sealed record OpenPauses(ProgramFacts Program, CollectionStatus Status, DateTimeOffset? Since,
    DateTimeOffset? Deadline, int Active)
{
    /// <summary>
    /// Published query: every program with an open pause that exists for the viewer, longest paused first. Two statements, and one per
    /// program; few programs are paused at a time.
    /// </summary>
    public static async Task<IReadOnlyList<OpenPauses>> AllAsync(ISql sql, ProgramReader programs, PauseCauses causes, Actor viewer)
    {
        var all = new List<OpenPauses>();
        foreach (var group in (await PauseStore.OpenAsync(sql)).GroupBy(p => p.ProgramId, p => p.State))
        {
            if (await programs.FindAsync(sql, group.Key) is not { } program) continue;
            var pauses = group.Where(await causes.ExistAsync(sql, group, program, viewer)).ToList();
            if (pauses.Count == 0) continue;
            var status = ProgramCollection.Derive(program.Lifecycle, program.Categories, program.Regions, pauses);
            if (status == CollectionStatus.Terminated) continue;
            var standing = pauses.Where(p => p.Status == PauseStatus.Active).ToList();
            all.Add(new(program, status, standing.Min(p => p.Activated?.At), pauses.Where(p => p.Status == PauseStatus.Proposed)
                .Min(p => p.Deadline), standing.Count));
        }
        return [.. all.OrderBy(p => p.Since ?? DateTimeOffset.MaxValue).ThenBy(p => p.Deadline)];
    }

    public bool IsPaused => Status is CollectionStatus.Paused or CollectionStatus.PartlyPaused or CollectionStatus.Resuming;

    public bool IsMine(Actor actor) => Program.Relation(actor) == Relation.OwnProgram;
}
