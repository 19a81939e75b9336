using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace IncidentHub.Response.Evidence;

/// <summary>Evidence over HTTP. Pages send and get files here as well: never over their live connection.</summary>
internal static class EvidenceApi
{
    // What browsers and tools write around the file, and the fields.
    private const long MaxRequest = EvidenceRules.MaxSize + (1024 * 1024);

    private static readonly Dictionary<string, OpenApiSchema> Fields = new()
    {
        ["name"] = FileFormDocumentation.Text,
        ["takenBy"] = FileFormDocumentation.Text,
        ["takenFrom"] = FileFormDocumentation.Text,
        ["takenAt"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        ["note"] = FileFormDocumentation.Text,
        ["restricted"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["true", "false"] },
    };

    public static void MapEvidenceApi(this WebApplication app)
    {
        var ofIncident = app.MapApi("/api/v1/incidents");
        ofIncident.MapGet("/{code}/evidence", ListAsync).Requires(Act.ReadIncidents)
            .WithSummary("The evidence of an incident, the newest first.");
        ofIncident.MapPost("/{code}/evidence", AddAsync).Requires(Act.HandleEvidence)
            .WithMetadata(new StreamedBody(), new RequestSizeLimitAttribute(MaxRequest), new FileForm.Accepted())
            .DescribesFileForm(Fields, "takenFrom", "takenAt")
            .WithSummary("Adds a file of up to 2 GiB as evidence: a multipart form with the fields takenFrom, takenAt and, where they "
                + "matter, name, takenBy, note and restricted, then the part «file» last.");
        var evidence = app.MapApi("/api/v1/evidence");
        evidence.MapGet("/{code}", GetAsync).Requires(Act.ReadIncidents)
            .WithSummary("The record of one file. That it was read is in its custody.");
        evidence.MapGet("/{code}/custody", CustodyAsync).Requires(Act.ReadIncidents)
            .WithSummary("The custody of one file, the newest entry first: who added, read and downloaded it.");
        evidence.MapGet("/{code}/texts", ListTextsAsync).ListsTexts("about the file, with the file itself");
        evidence.MapPost("/{code}/redact", RedactAsync).Redacts("the file, with what was entered about it; its digest and custody stay");
        evidence.MapGet("/{code}/content", ContentAsync).Requires(Act.HandleEvidence)
            .Produces(200, contentType: "application/octet-stream")
            .WithSummary("The file, once its SHA-256 was compared with the one of its record. A damaged file is refused.");
    }

    private static async Task<Results<Ok<Page<EvidenceView>>, Refused>> ListAsync(
        string code, string? cursor, int? limit, HttpContext http, EvidenceQueries queries, CancellationToken ct) =>
        (await queries.ListAsync(code, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Created<EvidenceView>, Refused>> AddAsync(
        string code, HttpContext http, EvidenceCommands commands, CancellationToken ct)
    {
        if (await commands.CheckAsync(code, null, http.Actor(), ct) is { } denied) return new Refused(denied);
        if (EvidenceForm.Of(http.Request) is not { } form)
            return new Refused(FileForm.NotAForm, StatusCodes.Status415UnsupportedMediaType);
        var origin = await EvidenceForm.ReadAsync(form, ct);
        if (!origin.IsOk) return new Refused(origin.Refusal!);
        var added = await commands.AddAsync(code, origin.Value, form.Content, () => form.EndAsync(ct), http.Actor(), ct);
        return added.ToCreated(e => $"/api/v1/evidence/{e.Code}", e => e.ToView());
    }

    private static async Task<Results<Ok<EvidenceView>, Refused>> GetAsync(
        string code, HttpContext http, EvidenceCommands commands, CancellationToken ct) =>
        (await commands.SeeAsync(code, http.Actor(), ct)).ToOk(e => e.ToView());

    private static async Task<Results<Ok<Page<CustodyView>>, Refused>> CustodyAsync(
        string code, string? cursor, int? limit, HttpContext http, EvidenceCommands commands, EvidenceQueries queries,
        CancellationToken ct)
    {
        var page = await queries.CustodyAsync(code, cursor, limit, http.Actor(), ct);
        return page.IsOk && (await commands.SeeAsync(code, http.Actor(), ct)).Refusal is { } refused ? new Refused(refused) : page.ToOk();
    }

    private static async Task<Results<FileStreamHttpResult, Refused>> ContentAsync(
        string code, HttpContext http, EvidenceCommands commands, CancellationToken ct)
    {
        var found = await commands.DownloadAsync(code, http.Actor(), ct);
        if (!found.IsOk) return new Refused(found.Refusal!);
        var (record, content) = found.Value;
        return http.Download(content, record.State.Origin.Name, record.State.File.Sha256);
    }

    private static Task<Results<Ok<RedactionPreview>, Refused>> ListTextsAsync(
        string code, string? q, HttpContext http, EvidenceRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.ListAsync(place, code, q, http, redactions, ct);

    private static Task<Results<Ok<RedactedView>, Refused>> RedactAsync(
        string code, RedactTextsBody body, HttpContext http, EvidenceRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.RunAsync(place, code, body, http, redactions, ct);
}
