using IncidentHub.Access.Audit;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Incidents;

/// <summary>An earlier text of a note, with who replaced it and when.</summary>
internal sealed record NoteRevisionView
{
    public required int Revision { get; init; }
    public required string? Body { get; init; }
    public required DateTimeOffset RevisedAt { get; init; }
    public required string RevisedBy { get; init; }
}

/// <summary>Reads an incident's timeline, and the earlier texts of its notes.</summary>
internal sealed class ReadTimelineHandler(
    Db db, IncidentReader incidents, TimelineReader timelines, RestrictedReads reads, TimeProvider clock)
{
    /// <summary>The kinds of entries on the timeline of an incident, those of other features included. A test compares.</summary>
    private static readonly string[] Kinds =
    [
        "access-review", "advice", "break-glass", "buffers-sealed", "closed", "confidentiality", "contained", "decision", "declared",
        "details", "evidence", "exposure", "flag", "flagged", "legal-hold", "merged", "note", "obligation", "observation", "pause",
        "pause-declined", "pause-kept", "pause-lifted", "pause-proposed", "program", "quarantine-decided", "quarantined", "question",
        "redaction", "related", "reopened", "resolved", "review", "role", "series", "sev-changed", "stage", "stage-stopped", "statement",
        "stopped", "task", "timestamp", "update", "violation",
    ];

    public Task<Result<Page<TimelineEntryView>>> HandleAsync(
        string code, TimelineQuery query, Actor viewer, CancellationToken ct = default) =>
        ReadAsync<Page<TimelineEntryView>>(
        code, viewer,
        async (sql, id) => Check(query) ?? await timelines.OfIncidentAsync(sql, id, query, viewer),
        ct);

    public Task<Result<NoteRevisionView[]>> RevisionsAsync(string code, Guid entryId, Actor viewer, CancellationToken ct = default) =>
        ReadAsync<NoteRevisionView[]>(
        code, viewer,
        async (sql, id) => await timelines.FindAsync(sql, id, entryId, viewer) is null
            ? Refusal.NotFound("The timeline entry")
            : (await sql.QueryAsync<NoteRevisionView>("Timeline_Revisions", new { Id = entryId })).ToArray(),
        ct);

    /// <summary>One note; other entries of the timeline are not notes.</summary>
    public Task<Result<TimelineEntryView>> NoteAsync(string code, Guid entryId, Actor viewer, CancellationToken ct = default) =>
        ReadAsync<TimelineEntryView>(
        code, viewer,
        async (sql, id) => await timelines.FindAsync(sql, id, entryId, viewer) is { } entry && NoteWords.Read(entry.Kind) is not null
            ? entry : Refusal.NotFound("The note"),
        ct);

    private Result<Page<TimelineEntryView>>? Check(TimelineQuery query)
    {
        if (!query.Kinds.All(k => Kinds.Contains(Codes.Lower(k)))) return Refusal.Invalid("kind", $"One of {string.Join(", ", Kinds)}.");
        if (query.AsOf > clock.GetUtcNow()) return Refusal.Invalid("asOf", "A time that has passed.");
        if (query is { AsOf: not null, PinnedOnly: true })
            return Refusal.Invalid("pinned", "What was pinned at an earlier time is not recorded. Leave out «pinned» or «asOf».");
        return null;
    }

    private Task<Result<T>> ReadAsync<T>(string code, Actor viewer, Func<ISql, Guid, Task<Result<T>>> read, CancellationToken ct) =>
        db.ReadAsync<Result<T>>(
        async sql =>
        {
            if (AccessTable.Deny(viewer, Act.ReadIncidents) is { } denied) return denied;
            if (await incidents.FindVisibleAsync(sql, viewer, code) is not { } incident) return Refusal.NotFound("The incident");
            if (incident.Confidentiality == Confidentiality.Restricted) reads.OfIncident(viewer, incident.Id, incident.Code);
            return await read(sql, incident.Id);
        },
        ct);
}
