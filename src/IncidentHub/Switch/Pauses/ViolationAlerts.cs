using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Published writer: a program whose collectors went on after a stop waits for somebody, on the home pages of those who can do something
/// about it and on the pages of the program and its incidents, until one of them takes it on or the last of its batches was decided.
/// </summary>
internal static class ViolationAlerts
{
    /// <summary>Touched whenever one is raised or ends.</summary>
    public const string Topic = "violations";

    /// <summary>
    /// New evidence. What waits goes on waiting; what was over is raised again, but not for a collector of which whoever took it on knew.
    /// </summary>
    /// <param name="selfReported">No batch shows it, so that deciding about batches does not end it.</param>
    /// <param name="isKnown">Whether that collector was violating already since the given moment, when the alert was raised.</param>
    public static async Task RaiseAsync(UnitOfWork tx, ProgramFacts program, bool selfReported, Func<DateTimeOffset, Task<bool>> isKnown)
    {
        var key = new { ProgramId = program.Id, tx.Now, SelfReported = selfReported };
        var was = await tx.FirstOrDefaultAsync<AlertRow>("ViolationAlert_Load", key);
        if (was is { Ending: null })
        {
            if (selfReported && !was.SelfReported) await tx.ExecuteAsync("ViolationAlert_SaidSo", key);
            return;
        }
        if (was is { Ending: "Acknowledged" } && await isKnown(was.RaisedAt)) return;
        // What raised it, or ended it below, has its own record.
        await tx.ExecuteAsync(was is null ? "ViolationAlert_Insert" : "ViolationAlert_Raise", key);
        tx.Touch(Topic);
    }

    /// <summary>The last batch that waited was decided. An alert that rests on a collector's own word goes on waiting.</summary>
    public static async Task DecidedAsync(UnitOfWork tx, Guid programId, Actor actor)
    {
        if (await tx.ExecuteAsync("ViolationAlert_Decided", new { ProgramId = programId, tx.Now, By = actor.Name }) == 1) tx.Touch(Topic);
    }

    /// <summary>Somebody sees to it.</summary>
    public static async Task<Refusal?> AcknowledgeAsync(UnitOfWork tx, ProgramFacts program, string note, Actor actor)
    {
        if (await tx.ExecuteAsync("ViolationAlert_End", new { ProgramId = program.Id, tx.Now, By = actor.Name, Note = note }) == 0)
        {
            var was = await tx.FirstOrDefaultAsync<AlertRow>("ViolationAlert_Load", new { ProgramId = program.Id });
            return Refusal.NotAllowed("no_violation_waits", was?.EndedByName
                is { } name ? $"There is no violation without an owner: {name} took ownership of the last one."
                : "There is no violation without an owner.");
        }
        await tx.RecordAsync(actor, StopHistory.TakenOn(program, note));
        return null;
    }

    private sealed record AlertRow
    {
        public required Guid ProgramId { get; init; }
        public required DateTimeOffset RaisedAt { get; init; }
        public required bool SelfReported { get; init; }
        public required string? Ending { get; init; }
        public required string? EndedByName { get; init; }
        public required int Version { get; init; }
    }
}
