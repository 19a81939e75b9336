using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Pauses;

/// <summary>The records of the proof of a stop, and of evidence against it.</summary>
internal static class StopHistory
{
    /// <summary>Every collector of the pause's population is proven to have stopped.</summary>
    /// <param name="at">When the last of them stopped.</param>
    /// <param name="ofIncident">Where it was the last pause of its incident.</param>
    public static JournalEntry Proven(ProgramFacts program, PauseState pause, StopCounts counts, DateTimeOffset at,
        CollectionStopped? ofIncident)
    {
        var body = counts.Population == 0
            ? "No collector held a permit."
            : $"{counts.Population:N0} {(counts.Population == 1 ? "collector" : "collectors")}: {counts.Confirmed:N0} confirmed, "
                + $"{counts.Assured:N0} stopped by permit expiry.";
        // Never before the pause itself.
        var entry = PauseHistory.Entry(program, pause, "stopped", $"{program.Code}: collection stopped, proven", body,
            new { pause.Id, counts.Confirmed, counts.Assured }, at > pause.Activated!.At ? at : null);
        return entry with
        {
            // The stop report is visible to everybody, also where the incident of the pause is not.
            Timeline = [.. entry.Timeline.Select(line => line with { About = [] })],
            Topics = ["programs"],
            Events = ofIncident is null ? [] : [ofIncident],
        };
    }

    /// <summary>A collector collected after its proven stop.</summary>
    /// <param name="reopened">The stop of all its collectors had been proven before.</param>
    /// <param name="violating">The number of violating collectors by now.</param>
    public static JournalEntry Violated(ProgramFacts program, PauseFacts pause, ViolationEvidence evidence, bool reopened, long violating)
    {
        var entry = new TimelineEntry
        {
            ProgramId = program.Id,
            Kind = "violation",
            Title = violating == 1
                ? $"{program.Code}: violation, a collector collected after its proven stop"
                : $"{program.Code}: violation, {violating:N0} collectors collected after their proven stop",
            Body = reopened ? "The stop was reported as proven before. It is not proven any more." : null,
            Data = new { pause.Id, violating, reopened },
        };
        return new()
        {
            Action = "stop.violated",
            Subject = $"program {program.Code}",
            About = pause.IncidentId is { } behind ? [behind] : [],
            Detail = new { PauseId = pause.Id, evidence.CollectorId, evidence.PermitJti, evidence.How, Reopened = reopened },
            Timeline = !reopened && !PowersOfTen.IsOne(violating) ? []
                : pause.IncidentId is { } incident ? [entry, entry with { ProgramId = null, IncidentId = incident }] : [entry],
            Topics = [$"program:{program.Id}", "programs"],
            Events = reopened && !pause.IsDrill && pause.IncidentId is { } of ? [new StopDisproved(of, pause.State.Activated!.At)] : [],
        };
    }

    /// <summary>A person took ownership of a program's violation.</summary>
    /// <param name="note">For the alert and the audit log only: everybody can read the activity of the program, and the note may refer to
    /// an incident.</param>
    public static JournalEntry TakenOn(ProgramFacts program, string note) => new()
    {
        Action = "violation.acknowledged",
        Subject = $"program {program.Code}",
        Detail = new { Note = note },
        Timeline =
        [
            new()
            {
                ProgramId = program.Id,
                Kind = "violation-acknowledged",
                Title = $"{program.Code}: ownership of the violation taken",
            },
        ],
        Topics = [ViolationAlerts.Topic],
    };

    /// <summary>The rows about single collectors were exported.</summary>
    public static JournalEntry Exported(Guid pauseId, ProgramFacts program, StopCounts counts) => new()
    {
        Action = "pause.exported",
        Subject = $"pause {pauseId}",
        Detail = new { program.Code, counts.Population },
    };

    /// <summary>The rows about single collectors expired; counts, curve and digest are kept.</summary>
    public static JournalEntry RowsExpired(Guid pauseId, StopCounts counts, string proofsSha256) => new()
    {
        Action = "pause.rows-expired",
        Subject = $"pause {pauseId}",
        Detail = new { counts.Population, counts.Confirmed, counts.Assured, counts.Violating, ProofsSha256 = proofsSha256 },
    };
}

/// <summary>The counts that are recorded: 1, 10, 100, …, so that a timeline does not list thousands of equal entries.</summary>
internal static class PowersOfTen
{
    public static bool IsOne(long count)
    {
        while (count >= 10 && count % 10 == 0) count /= 10;
        return count == 1;
    }
}
