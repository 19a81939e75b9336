using IncidentHub.Domain.Access;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Published writer: alerts of programs whose collectors collected after a stop, on the home pages of people who can act on it and on the
/// pages of the program and its incidents, until one of them takes ownership or the last of its batches was disposed of.
/// </summary>
internal static class ViolationAlerts
{
    /// <summary>Touched whenever an alert is raised or ends.</summary>
    public const string Topic = "violations";

    /// <summary>
    /// New evidence. An open alert stays open; an ended one is raised again, except for a collector that was known to the person who took
    /// ownership.
    /// </summary>
    /// <param name="selfReported">No batch is evidence of it, so dispositions do not end it.</param>
    /// <param name="isKnown">Whether that collector was already violating since the given time, when the alert was raised.</param>
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
        // The event that raised or ended it has its own record.
        await tx.ExecuteAsync(was is null ? "ViolationAlert_Insert" : "ViolationAlert_Raise", key);
        tx.Touch(Topic);
    }

    /// <summary>The last undecided batch was disposed of. An alert that is based on a collector's own acknowledgement stays open.</summary>
    public static async Task DecidedAsync(UnitOfWork tx, Guid programId, Actor actor)
    {
        if (await tx.ExecuteAsync("ViolationAlert_Decided", new { ProgramId = programId, tx.Now, By = actor.Name }) == 1) tx.Touch(Topic);
    }

    /// <summary>Takes ownership of the violation.</summary>
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
