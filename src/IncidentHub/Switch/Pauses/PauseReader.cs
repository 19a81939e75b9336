using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>The current collection status of a program.</summary>
/// <param name="Open">Its proposed and active pauses, oldest first.</param>
/// <param name="Shown">The active pause whose stop is displayed: the latest that is not proven stopped, else the one with the largest
/// population. Null where none is active.</param>
/// <param name="Stop">The progress of the stop of <see cref="Shown"/>.</param>
/// <param name="Held">Null where its switch waits for no confirmation.</param>
internal sealed record ProgramSwitchState(Guid ProgramId, CollectionStatus Status, IReadOnlyList<PauseFacts> Open,
    PauseFacts? Shown, StopCounts? Stop, HeldSwitch? Held)
{
    /// <summary>When the next proposed pause becomes active.</summary>
    public DateTimeOffset? Deadline => Open.Where(p => p.Status == PauseStatus.Proposed).Min(p => p.State.Deadline);
}

/// <summary>Published reader: pauses and derived program states for other features.</summary>
internal sealed class PauseReader(ProgramReader programs, PauseCauses causes)
{
    public Task<PauseFacts?> FindAsync(ISql sql, Guid pauseId) => PauseStore.FindAsync(sql, pauseId);

    /// <summary>A program's proposed and active pauses, oldest first.</summary>
    public Task<IReadOnlyList<PauseFacts>> OpenOfProgramAsync(ISql sql, Guid programId) => PauseStore.OpenOfProgramAsync(sql, programId);

    /// <summary>A program's pauses, newest first.</summary>
    public Task<IReadOnlyList<PauseFacts>> ForProgramAsync(ISql sql, Guid programId, int limit = 50) =>
        PauseStore.OfProgramAsync(sql, programId, null, limit);

    /// <summary>An incident's pauses, oldest first. The caller has checked that the viewer may see the incident.</summary>
    public Task<IReadOnlyList<PauseFacts>> ForIncidentAsync(ISql sql, Guid incidentId) => PauseStore.OfIncidentAsync(sql, incidentId);

    /// <summary>The derived state of each program for this viewer; programs that do not exist are omitted.</summary>
    public async Task<IReadOnlyDictionary<Guid, ProgramSwitchState>> ProgramStatesAsync(
        ISql sql, IReadOnlyCollection<Guid> programIds, Actor viewer)
    {
        var facts = new List<ProgramFacts>(programIds.Count);
        foreach (var id in programIds)
        {
            if (await programs.FindAsync(sql, id) is { } found) facts.Add(found);
        }
        return await ProgramStatesAsync(sql, facts, viewer);
    }

    /// <summary>The same for programs that the caller has already loaded: three statements, regardless of their number.</summary>
    /// <param name="viewer">Null: with every pause, for a view that is shared and shown to each viewer without what does not exist for
    /// them.</param>
    public async Task<IReadOnlyDictionary<Guid, ProgramSwitchState>> ProgramStatesAsync(
        ISql sql, IReadOnlyCollection<ProgramFacts> facts, Actor? viewer)
    {
        var open = await PauseStore.OpenOfProgramsAsync(sql, facts.Select(f => f.Id));
        var counts = await StopStore.CountsAsync(sql, open.SelectMany(g => g).Where(p => p.Status == PauseStatus.Active)
            .Select(p => p.Id));
        var held = await ProgramSwitch.HeldAsync(sql, [.. facts.Select(f => f.Id)]);
        var states = new Dictionary<Guid, ProgramSwitchState>();
        foreach (var program in facts)
        {
            IReadOnlyList<PauseFacts> pauses = [.. open[program.Id]];
            if (viewer is not null && pauses.Count > 0)
            {
                var exists = await causes.ExistAsync(sql, pauses.Select(p => p.State), program, viewer);
                pauses = [.. pauses.Where(p => exists(p.State))];
            }
            states[program.Id] = StateOf(program, pauses, counts, held.GetValueOrDefault(program.Id));
        }
        return states;
    }

    private static ProgramSwitchState StateOf(ProgramFacts program,
        IReadOnlyList<PauseFacts> pauses, IReadOnlyDictionary<Guid, StopCounts> counts, HeldSwitch? held)
    {
        StopCounts Of(PauseFacts p) => counts.GetValueOrDefault(p.Id) ?? StopCounts.None(p.Id);
        IReadOnlyList<PauseFacts> open = [.. pauses.Select(p => p.AsOf(Of(p)))];
        var status = ProgramCollection.Derive(
            program.Lifecycle, program.Categories, program.Regions, [.. open.Select(p => p.State)], held is not null);
        var shown = open.Where(p => p.Status == PauseStatus.Active)
            .OrderByDescending(p => p.FullyStoppedAt is null).ThenBy(p => p.IsDrill).ThenByDescending(p => Of(p).Population)
                .ThenByDescending(p => p.State.Activated!.At)
            .FirstOrDefault();
        return new(program.Id, status, open, shown, shown is null ? null : Of(shown), held);
    }
}
