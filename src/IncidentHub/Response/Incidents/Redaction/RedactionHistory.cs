using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// The records of a redaction: on the timelines of its incidents, on the activity of programs whose records have lost texts, and in the
/// audit log. What has an activity of its own adds an entry to it: see <see cref="TextsRedacted"/>.
/// </summary>
internal static class RedactionHistory
{
    /// <param name="rows">What has lost texts.</param>
    /// <param name="texts">How many places had one.</param>
    public static JournalEntry Of(RedactionTarget target, TextsRedacted happened, IReadOnlyCollection<StoredRow> rows, int texts)
    {
        var (reason, files) = (happened.Reason, happened.Files);
        return new()
        {
            Action = target.Action,
            Subject = target.Label,
            About = target.AllAbout,
            Detail = new { Reason = reason, Texts = texts, Files = files, Entry = target.Entries.Select(e => (Guid?)e).FirstOrDefault() },
            Timeline =
            [
                .. target.IsQuiet ? [] : target.Incidents.Select(id => Line(target.Title ?? $"Redacted: {target.Label}") with
                {
                    IncidentId = id,
                    About = [.. target.Incidents.Where(other => other != id)],
                }),
                .. Programs(target, rows).Select(id => Line(target.IsOneThing ? target.Title ?? $"Redacted: {target.Label}"
                    : $"Texts of {target.Label} redacted") with
                {
                    ProgramId = id,
                    About = target.AllAbout,
                }),
            ],
            Topics = [.. target.Topics],
            SubjectTopics = [.. target.Incidents.Select(id => new SubjectTopics([id],
                "incidents", "tasks", "decisions", "statements", "notices", "obligations", "programs", $"incident:{id}"))],
            Events = [happened],
        };

        TimelineEntry Line(string title) =>
            new() { Kind = "redaction", Title = title, Body = reason, Data = new { Texts = texts, Files = files } };
    }

    // Of what belongs to no incident, the program's activity is the only place.
    private static IEnumerable<Guid> Programs(RedactionTarget target, IReadOnlyCollection<StoredRow> rows) =>
        rows.Select(r => r.BelongsTo("Program")).OfType<string>().Select(Guid.Parse)
            .Concat(target is { Incidents.Count: 0, ProgramId: { } own } ? [own] : []).Distinct();
}
