using IncidentHub.Domain.Timeline;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace IncidentHub.Response.Incidents;

internal static partial class IncidentApi
{
    private static async Task<Results<Ok<Page<TimelineEntryView>>, Refused>> TimelineAsync(
        string code, [FromQuery] string[]? kind, bool? pinned, string? q, DateTimeOffset? asOf, string? cursor, int? limit,
        HttpContext http, ReadTimelineHandler queries, CancellationToken ct) =>
        (await queries.HandleAsync(
            code, new(kind ?? [], pinned == true, cursor, limit) { Text = q, AsOf = asOf }, http.Actor(), ct)).ToOk();

    private static Task<Results<PushStreamHttpResult, Refused>> TimelineTableAsync(
        string code, [FromQuery] string[]? kind, bool? pinned, string? q, DateTimeOffset? asOf, HttpContext http, TimelineExport export,
        CancellationToken ct) => ExportAsync(code, TimelineExport.Query(kind, pinned, q, asOf), http, export, "csv", ct);

    private static Task<Results<PushStreamHttpResult, Refused>> TimelineDocumentAsync(
        string code, [FromQuery] string[]? kind, bool? pinned, string? q, DateTimeOffset? asOf, HttpContext http, TimelineExport export,
        CancellationToken ct) => ExportAsync(code, TimelineExport.Query(kind, pinned, q, asOf), http, export, "md", ct);

    private static async Task<Results<PushStreamHttpResult, Refused>> ExportAsync(
        string code, TimelineQuery query, HttpContext http, TimelineExport export, string format, CancellationToken ct)
    {
        var begun = await export.BeginAsync(code, query, http.Actor(), ct);
        if (!begun.IsOk) return new Refused(begun.Refusal!);
        return format == "csv"
            ? TypedResults.Stream(to => export.WriteTableAsync(begun.Value, to, ct), CsvTable.ContentType,
                $"{begun.Value.Code}-timeline.csv")
            : TypedResults.Stream(to => export.WriteDocumentAsync(begun.Value, to, ct), TimelineExport.MarkdownType,
                $"{begun.Value.Code}-timeline.md");
    }

    private static async Task<Results<Created<NoteWrittenView>, Refused>> WriteNoteAsync(
        string code, NoteBody body, HttpContext http, NoteCommands notes, CancellationToken ct)
    {
        var note = new WriteNote(body.Kind ?? NoteKind.Note, body.Body ?? "", body.HappenedAt, body.Pinned == true);
        return (await notes.WriteAsync(code, note, http.Actor(), ct)).ToCreated(
            view => $"/api/v1/incidents/{Uri.EscapeDataString(code)}/notes/{view.Id}", view => view);
    }

    private static async Task<Results<Ok<NoteWrittenView>, Refused>> ReviseNoteAsync(
        string code, Guid id, ReviseBody body, HttpContext http, NoteCommands notes, CancellationToken ct) =>
        (await notes.ReviseAsync(code, id, body.Body ?? "", body.ExpectedRevision, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<NoteWrittenView>, Refused>> SendUpdateAsync(
        string code, UpdateBody body, HttpContext http, NoteCommands notes, CancellationToken ct) =>
        (await notes.SendUpdateAsync(code, body.ToText(), body.Pinned == true, http.Actor(), ct)).ToCreated(
            view => $"/api/v1/incidents/{Uri.EscapeDataString(code)}/notes/{view.Id}", view => view);

    private static async Task<Results<Ok<NoteWrittenView>, Refused>> ReviseUpdateAsync(
        string code, Guid id, ReviseUpdateBody body, HttpContext http, NoteCommands notes, CancellationToken ct) =>
        (await notes.ReviseUpdateAsync(code, id, body.ToText(), body.ExpectedRevision, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<TimelineEntryView>, Refused>> NoteAsync(
        string code, Guid id, HttpContext http, ReadTimelineHandler queries, CancellationToken ct) =>
        (await queries.NoteAsync(code, id, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<Page<NoteRevisionView>>, Refused>> RevisionsAsync(
        string code, Guid id, HttpContext http, ReadTimelineHandler queries, CancellationToken ct) =>
        (await queries.RevisionsAsync(code, id, http.Actor(), ct)).ToOk(Page<NoteRevisionView>.All);

    private static async Task<Results<Ok<RedactedView>, Refused>> RedactEntryAsync(
        string code, Guid id, RedactBody body, HttpContext http, RedactCommands redactions, CancellationToken ct) =>
        (await redactions.EntryAsync(code, id, body.Reason, http.Actor(), ct)).ToOk();

    private static async Task<Results<NoContent, Refused>> PinAsync(
        string code, Guid id, HttpContext http, NoteCommands notes, CancellationToken ct) =>
        (await notes.PinAsync(code, id, true, http.Actor(), ct)).ToNoContent();

    private static async Task<Results<NoContent, Refused>> UnpinAsync(
        string code, Guid id, HttpContext http, NoteCommands notes, CancellationToken ct) =>
        (await notes.PinAsync(code, id, false, http.Actor(), ct)).ToNoContent();

    private static Task<Results<Ok<RedactedView>, Refused>> RedactAsync(
        string code, RedactTextsBody body, HttpContext http, IncidentRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.RunAsync(place, code, body, http, redactions, ct);

    private static Task<Results<Ok<RedactionPreview>, Refused>> ListTextsAsync(
        string code, string? q, HttpContext http, IncidentRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.ListAsync(place, code, q, http, redactions, ct);
}
