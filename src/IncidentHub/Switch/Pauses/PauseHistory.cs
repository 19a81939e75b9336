using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Switch.Pauses;

/// <summary>The records of each event of a pause, on the activity of its program and on the timeline of its incident.</summary>
internal static class PauseHistory
{
    /// <param name="pause">The pause after the event.</param>
    public static JournalEntry Of(ProgramFacts program, PauseState pause, DomainEvent happened) => happened switch
    {
        PauseProposed => Entry(program, pause, "pause-proposed", $"Pause of {program.Code} proposed", pause.Reason,
            new { pause.Id, pause.Deadline }, answeredBy: program),
        PauseBecameActive when pause.IsDrill => Entry(program, pause, "drill",
            $"Drill: {program.Code} paused: {PauseWords.Scope(pause.Scope)}", pause.Reason, Active(pause)),
        PauseBecameActive => Entry(program, pause, "pause", $"{program.Code} paused: {PauseWords.Scope(pause.Scope)}", pause.Reason,
            Active(pause), isPublic: true) with
        {
            Events =
                [new PauseActivated(pause.Id, program.Id, program.Code, pause.Cause?.IncidentId, pause.Cause?.Sev, pause.Activated!.At)],
        },
        // An owner's decline answers the proposal; a withdrawal by the hub does not.
        PauseDeclined e => Entry(program, pause, "pause-declined", pause.Ended!.Id == Actor.System.Id
            ? $"Proposed pause of {program.Code} withdrawn" : $"Proposed pause of {program.Code} declined", e.Reason, new { pause.Id },
            answeredBy: program),
        PauseReasserted e => Entry(program, pause, "pause-kept", $"Pause of {program.Code} kept for cycle {e.Cycle}", null,
            new { pause.Id }),
        BuffersSealed e => Entry(program, pause, "buffers-sealed", $"{program.Code}: collectors instructed to seal their buffers", null,
            new { pause.Id, e.Epoch }) with
        {
            // The epoch changes for everybody.
            Topics = [$"program:{program.Id}", "programs"],
        },
        ShareReleased { Release: var release } e => Entry(program, pause, "stage",
            $"{Stage(program, release)}, by {release.Decision.Label}", null,
            new
            {
                pause.Id,
                e.Epoch,
                DecisionId = release.Decision.Id,
                Share = release.Percent,
                SoakSeconds = (int)release.Soak.TotalSeconds,
            }, publicTitle: Stage(program, release)),
        ShareRevoked e => Entry(program, pause, "stage-stopped", $"{program.Code}: staged resume stopped at {e.Percent} %", null,
            new { pause.Id, ReleasedShare = e.Percent }, isPublic: true) with
        {
            Events = [new StagedResumeStopped(pause.Id, e.DecisionId)],
        },
        PauseLifted e => Entry(program, pause, "pause-lifted", $"Pause of {program.Code} lifted: {e.Decision.Label}", null,
            new { pause.Id, e.Epoch, DecisionId = e.Decision.Id }, publicTitle: $"Pause of {program.Code} lifted"),
        DrillEnded e => Entry(program, pause, "drill-ended", $"Drill of {program.Code} ended as planned", null, new { pause.Id, e.Epoch }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a pause."),
    };

    /// <summary>As a clause, for the refusal of a stale command.</summary>
    public static string Summary(IReadOnlyList<DomainEvent> events) => string.Join("; ", events.Select(happened => happened switch
    {
        PauseProposed => "proposed",
        PauseBecameActive => "activated",
        PauseDeclined => "declined",
        PauseReasserted e => $"kept for cycle {e.Cycle}",
        BuffersSealed => "buffers sealed",
        ShareReleased e => $"{e.Release.Percent} % of the collectors released",
        ShareRevoked => "staged resume stopped",
        PauseLifted => "lifted",
        DrillEnded => "ended as planned",
        _ => throw new ArgumentOutOfRangeException(nameof(events), happened, "Not an event of a pause."),
    }));

    /// <summary>
    /// On the activity of the program an entry of a pause with an incident exists for those who may see the incident, and with its public
    /// title for everybody: that a program is paused is visible to everybody in the company, all else may not be.
    /// </summary>
    /// <param name="isPublic">The title is the public title.</param>
    /// <param name="answeredBy">The program whose owner and deputies see a proposal, also where they may not see its incident.</param>
    internal static JournalEntry Entry(ProgramFacts program, PauseState pause, string kind, string title, string? body, object data,
        DateTimeOffset? at = null, bool isPublic = false, string? publicTitle = null, ProgramFacts? answeredBy = null)
    {
        var entry = new TimelineEntry
        {
            ProgramId = program.Id,
            Kind = kind,
            HappenedAt = at,
            Title = title,
            Body = body,
            Data = data,
        };
        var incident = pause.Cause?.IncidentId;
        return new()
        {
            Action = $"pause.{kind}",
            Subject = $"program {program.Code}",
            About = incident is { } cause ? [cause] : [],
            Detail = new
            {
                PauseId = pause.Id,
                Title = title,
                pause.Reason,
                pause.DeclineReason,
                IncidentId = incident,
                pause.Scope.Categories,
                pause.Scope.Regions,
                pause.Epoch,
                Details = data,
            },
            Timeline = incident is { } id
                ?
                [
                    entry with { ProgramId = null, IncidentId = id },
                    entry with { About = [id], PublicTitle = isPublic ? title : publicTitle },
                ]
                : [entry],
            Topics =
            [
                .. isPublic || publicTitle is not null ? [$"program:{program.Id}", "programs"] : (string[])[],
                .. answeredBy is { } who ? ((Guid[])[who.OwnerId, .. who.DeputyIds]).Select(LiveFeed.SightOf) : [],
            ],
            SubjectTopics = incident is { } of ? [new([of], "programs", "incidents")] : [new([], "programs")],
        };
    }

    private static string Stage(ProgramFacts program, ReleaseShare release) =>
        $"{program.Code} resumes, stage {release.Stage} of {release.Stages}: {release.Percent} % of the collectors";

    private static object Active(PauseState pause) => new { pause.Id, pause.Epoch, pause.GuaranteedAt, pause.Buffers };
}
