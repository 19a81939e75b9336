using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Live;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The records of the privileged part: in the audit log only, about the part, so that others see act, actor, time, hash and a pseudonym.
/// Nothing is on the timeline, whose readers are more.
/// </summary>
internal static class PrivilegedHistory
{
    /// <param name="salt">Of the digest of the text; stored with the note, and removed with its text.</param>
    public static JournalEntry Of(PrivilegedPart part, NoteState note, string salt, DomainEvent happened) => happened switch
    {
        NoteWritten => Entry(part, "privileged-note.written", new { Note = note.Id, Text = Digest(salt, note.Body) }),
        NoteRevised e => Entry(part, "privileged-note.revised",
            new { Note = note.Id, e.Revision, Text = Digest(salt, note.Body) }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a note."),
    };

    public static JournalEntry OfReader(PrivilegedPart part, Guid personId, string name, bool named)
    {
        var entry = Entry(part, named ? "privileged-reader.named" : "privileged-reader.released", new { Person = personId, Name = name });
        return entry with { Topics = [LiveFeed.SightOf(personId)] };
    }

    /// <summary>Open pages of the part.</summary>
    public static string Topic(Guid incidentId) => $"privileged:{incidentId}";

    private static JournalEntry Entry(PrivilegedPart part, string action, object detail) => new()
    {
        Action = action,
        Subject = $"privileged part of incident {part.IncidentCode}",
        About = [part.Id, part.IncidentId],
        Detail = detail,
        SubjectTopics = [new([part.Id], Topic(part.IncidentId))],
    };

    private static string Digest(string salt, string text) => new CanonicalHash().Text(salt).Text(text).Hex();
}
