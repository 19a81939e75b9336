using IncidentHub.Domain.Access;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Response.Incidents;

/// <summary>The presentation of an entry.</summary>
public partial class IncidentTimeline
{
    private static bool IsNote(TimelineEntryView e) => NoteWords.Read(e.Kind) is not null;

    private static bool IsByPerson(TimelineEntryView e) => e.By != Actor.System.Name;

    // The title of a note is its author; the title of the hub's own entry is the event.
    private static string TitleOf(TimelineEntryView e) => NoteWords.Read(e.Kind) switch
    {
        NoteKind.Update => $"Update by {e.By}",
        NoteKind.Observation => $"Observed by {e.By}",
        NoteKind.Note => e.By,
        null => e.Title,
    };

    private static string? ClassOf(TimelineEntryView e) =>
        Css.Join(ToneOf(e.Kind) is var tone and not Tone.Neutral ? Css.Of(tone) : null, IsNote(e) ? "note" : null);

    private static Tone ToneOf(string kind) => kind switch
    {
        "reopened" or "violation" => Tone.Bad,
        "stopped" or "resolved" or "closed" or "pause-lifted" => Tone.Ok,
        "pause" or "pause-proposed" or "stage-stopped" or "contained" or "sev-changed" => Tone.Warn,
        "declared" or "update" or "stage" => Tone.Accent,
        _ => Tone.Neutral,
    };
}
