using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.Pauses;

/// <summary>An order to stop collecting. Leave categories and regions out to pause the whole program.</summary>
/// <param name="DrillSeconds">Makes it a drill that ends by itself.</param>
/// <param name="BufferPolicy">What collectors are told to do with what they have buffered; left out: hold.</param>
internal sealed record OrderPauseBody(string? Reason, IReadOnlyList<string>? Categories, IReadOnlyList<string>? Regions, int? DrillSeconds,
    string? IncidentCode = null, BufferPolicy? BufferPolicy = null);

internal sealed record DeclineBody(string? Reason, int? ExpectedVersion);

internal sealed record EnforceBody(int? ExpectedVersion);

internal sealed record SealBody(int? ExpectedVersion);

internal static class PauseApi
{
    public static void MapPauseApi(this WebApplication app)
    {
        var programs = app.MapApi("/api/v1/programs");
        programs.MapPost("/{code}/pauses", async (HttpContext http, OrderPauseHandler handler, PauseQueries queries, string code,
            OrderPauseBody body, CancellationToken ct) =>
        {
            var order = new OrderPause(code, body.Reason, body.Categories, body.Regions,
                body.DrillSeconds is { } s ? TimeSpan.FromSeconds(s) : null, body.IncidentCode,
                body.BufferPolicy ?? Domain.Pauses.BufferPolicy.Hold);
            return await AnswerAsync(await handler.HandleAsync(order, http.Actor(), ct), queries, http, created: true, ct);
        }).Produces<StopReportView>(201).WithTags("Pauses").WithSummary(
            "Pauses a program, wholly or in part, at once. Answers with the guaranteed stop time. Get the pause to see its stop report.");

        programs.MapGet("/{code}/pauses", async (HttpContext http, PauseQueries queries, string code, string? cursor, int? limit,
            CancellationToken ct) =>
            (await queries.OfProgramAsync(code, cursor, limit, http.Actor(), ct)).ToHttp(TypedResults.Ok))
            .Produces<Page<PauseView>>().WithTags("Pauses").WithSummary("A program's pauses, newest first.");

        var pauses = app.MapApi("/api/v1/pauses");
        pauses.MapGet("/{id:guid}", async (HttpContext http, PauseQueries queries, Guid id, CancellationToken ct) =>
            (await queries.StopAsync(id, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(PauseQueries.ToView(page))))
            .Produces<StopReportView>().WithSummary("A pause with its stop report.");

        pauses.MapGet("/{id:guid}/proofs.ndjson", async (HttpContext http, ExportStopHandler export, IOptions<JsonOptions> json, Guid id,
            CancellationToken ct) =>
            (await export.BeginAsync(id, http.Actor(), ct)).ToHttp(report => TypedResults.Stream(
                to => export.WriteLinesAsync(report, to, json.Value.SerializerOptions, ct), "application/x-ndjson",
                    $"stop-{report.Pause.Program}-{report.Pause.Epoch}.ndjson")))
            .Produces(200, contentType: "application/x-ndjson")
                .WithSummary(
                "The stop report, then the proof of each collector with what was signed; for those who can see collectors. Audited.");

        pauses.MapGet("/{id:guid}/proofs.csv", async (HttpContext http, ExportStopHandler export, Guid id, CancellationToken ct) =>
            (await export.BeginAsync(id, http.Actor(), ct, onlyRows: true)).ToHttp(report => TypedResults.Stream(
                to => export.WriteCsvAsync(report, to, ct), "text/csv; charset=utf-8",
                    $"stop-{report.Pause.Program}-{report.Pause.Epoch}.csv")))
            .Produces(200, contentType: "text/csv").WithSummary(
                "The proof of each collector as a table; for those who can see collectors. Audited.");

        pauses.MapPost("/{id:guid}/decline", async (HttpContext http, AnswerProposalHandler handler, PauseQueries queries, Guid id,
            DeclineBody body, CancellationToken ct) =>
            await AnswerAsync(await handler.HandleAsync(new DeclineProposal(id, body.Reason, body.ExpectedVersion), http.Actor(), ct),
                queries, http, created: false, ct))
            .Produces<StopReportView>().WithSummary("Declines a proposed pause, with a reason, before its deadline.");

        pauses.MapPost("/{id:guid}/enforce", async (HttpContext http, AnswerProposalHandler handler, PauseQueries queries, Guid id,
            EnforceBody? body, CancellationToken ct) =>
            await AnswerAsync(await handler.HandleAsync(new EnforceProposal(id, body?.ExpectedVersion), http.Actor(), ct), queries, http,
                created: false, ct))
            .Produces<StopReportView>().WithSummary("Activates a proposed pause before its deadline.");

        pauses.MapPost("/{id:guid}/seal-buffers", async (HttpContext http, SealBuffersHandler handler, PauseQueries queries, Guid id,
            SealBody? body, CancellationToken ct) =>
            await AnswerAsync(await handler.HandleAsync(new SealStandingBuffers(id, body?.ExpectedVersion), http.Actor(), ct), queries,
                http, created: false, ct))
            .Produces<StopReportView>()
                .WithSummary("Tells the collectors of an active pause to seal their buffers. This cannot be undone.");
    }

    private static async Task<IResult> AnswerAsync(Result<PauseFacts> result, PauseQueries queries, HttpContext http, bool created,
        CancellationToken ct)
    {
        if (result.Refusal is { } why) return why.ToHttp();
        if (created) http.Response.Headers.Location = $"/api/v1/pauses/{result.Value.Id}";
        return (await queries.OrderedAsync(result.Value.Id, http.Actor(), ct))
            .ToHttp(view => TypedResults.Json(view, statusCode: created ? StatusCodes.Status201Created : StatusCodes.Status200OK));
    }
}
