using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>The records of each event of a note. Its text is on the timeline; the audit log has digests of the rows.</summary>
internal static class NoteHistory
{
    public static JournalEntry Of(IncidentState incident, NoteState note, DomainEvent happened, bool pinned = false) => happened switch
    {
        NoteWritten e => Entry(incident, "timeline.note-written", new { e.Kind, e.Timing?.DueAt }) with
        {
            Timeline =
            [
                new()
                {
                    Id = note.Id,
                    IncidentId = incident.Id,
                    Kind = NoteWords.KindOf(e.Kind),
                    HappenedAt = note.HappenedAt,
                    Title = e.Kind.ToString(),
                    Body = note.Body,
                    Data = e.Timing is { } timing ? new { timing.DueAt, lateSeconds = (long)timing.Late.TotalSeconds } : null,
                    Pinned = pinned,
                },
            ],
            // An update resets the clock that lists show.
            SubjectTopics = e.Kind == NoteKind.Update ? [new([incident.Id], "incidents")] : [],
        },
        NoteRevised e => Entry(incident, "timeline.note-revised",
            new { Entry = note.Id, e.Revision }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a note."),
    };

    public static JournalEntry OfPin(IncidentState incident, Guid entryId, bool pinned) =>
        Entry(incident, pinned ? "timeline.pinned" : "timeline.unpinned", new { Entry = entryId });

    private static JournalEntry Entry(IncidentState incident, string action, object detail) => new()
    {
        Action = action,
        Subject = $"incident {incident.Code}",
        About = [incident.Id],
        Detail = detail,
        Topics = [$"incident:{incident.Id}"],
    };
}
