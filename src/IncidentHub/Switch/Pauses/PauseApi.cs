using IncidentHub.Domain.Access;
using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.Pauses;

/// <summary>An order to stop collecting. Omit categories and regions to pause the whole program.</summary>
/// <param name="DrillSeconds">Makes it a drill that ends by itself.</param>
/// <param name="BufferPolicy">What collectors must do with their buffers; omitted: hold.</param>
internal sealed record OrderPauseBody(
    [Required] string? Reason, IReadOnlyList<string>? Categories, IReadOnlyList<string>? Regions, int? DrillSeconds,
    string? IncidentCode = null, BufferPolicy? BufferPolicy = null)
{
    /// <summary>An empty list is a mistake: read as "none named", it would pause everything.</summary>
    public Validation Check() => new Validation()
        .Check(Categories is not { Count: 0 }, "categories", "Name at least one, or leave the field out to pause every category.")
        .Check(Regions is not { Count: 0 }, "regions", "Name at least one, or leave the field out to pause every region.")
        .Check(DrillSeconds is null or (> 0 and <= 86_400), "drillSeconds", "Seconds, from 1 to 86,400 (24 hours).");

    public OrderPause Of(string programCode) => new(programCode, Reason, Categories, Regions,
        DrillSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, IncidentCode, BufferPolicy ?? Domain.Pauses.BufferPolicy.Hold);
}

internal sealed record DeclineBody([Required] string? Reason, int? ExpectedVersion);

/// <summary>Pauses over HTTP.</summary>
internal static class PauseApi
{
    public static void MapPauseApi(this WebApplication app)
    {
        var programs = app.MapApi("/api/v1/programs");
        programs.MapPost("/{code}/pauses", OrderAsync).Requires(Act.PauseProgram, Act.RunDrill).WithTags("Pauses").WithSummary(
            "Pauses a program, wholly or in part, at once. Answers with the guaranteed stop time. Get the pause to see its stop report.");
        programs.MapGet("/{code}/pauses", ListAsync).Requires(Act.ReadPrograms)
            .WithTags("Pauses").WithSummary("A program's pauses, newest first.");

        var pauses = app.MapApi("/api/v1/pauses");
        pauses.MapGet("/{id:guid}", GetAsync).Requires(Act.ReadPrograms).WithSummary("A pause with its stop report.");
        pauses.MapGet("/{id:guid}/proofs.ndjson", ExportLinesAsync).Requires(Act.ReadCollectors)
            .Produces(200, contentType: "application/x-ndjson").WithSummary(
            "The stop report, then the proof of each collector with what was signed; for those who can see collectors. Audited.");
        pauses.MapGet("/{id:guid}/proofs.csv", ExportTableAsync).Requires(Act.ReadCollectors)
            .Produces(200, contentType: "text/csv").WithSummary(
            "The proof of each collector as a table; for those who can see collectors. Audited.");
        pauses.MapPost("/{id:guid}/decline", DeclineAsync).Requires(Act.DeclinePause)
            .WithSummary("Declines a proposed pause, with a reason, before its deadline.");
        pauses.MapPost("/{id:guid}/activate", ActivateAsync).Requires(Act.PauseProgram)
            .WithSummary("Activates a proposed pause before its deadline.");
        pauses.MapPost("/{id:guid}/seal-buffers", SealAsync).Requires(Act.PauseProgram)
            .WithSummary("Tells the collectors of an active pause to seal their buffers. This cannot be undone.");
    }

    private static async Task<Results<Created<StopReportView>, Refused>> OrderAsync(
        string code, OrderPauseBody body, HttpContext http, PauseCommands commands, PauseQueries queries, CancellationToken ct)
    {
        if (body.Check().ToRefusal() is { } refusal) return new Refused(refusal);
        var ordered = await commands.OrderAsync(body.Of(code), http.Actor(), ct);
        return ordered.IsOk
            ? (await queries.OrderedAsync(ordered.Value.Id, http.Actor(), ct)).ToCreated(v => $"/api/v1/pauses/{v.Pause.Id}", v => v)
            : new Refused(ordered.Refusal!);
    }

    private static async Task<Results<Ok<Page<PauseView>>, Refused>> ListAsync(
        string code, HttpContext http, PauseQueries queries, string? cursor, int? limit, CancellationToken ct) =>
        (await queries.OfProgramAsync(code, cursor, limit, http.Actor(), ct)).ToOk();

    private static async Task<Results<Ok<StopReportView>, Refused>> GetAsync(
        Guid id, HttpContext http, PauseQueries queries, CancellationToken ct) =>
        (await queries.StopAsync(id, http.Actor(), ct)).ToOk(PauseQueries.ToView);

    private static async Task<Results<PushStreamHttpResult, Refused>> ExportLinesAsync(
        Guid id, HttpContext http, StopExport export, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var begun = await export.BeginAsync(id, http.Actor(), ct);
        return begun.IsOk
            ? TypedResults.Stream(to => export.WriteLinesAsync(begun.Value, to, json.Value.SerializerOptions, ct), "application/x-ndjson",
                $"stop-{begun.Value.Pause.Program}-{begun.Value.Pause.Epoch}.ndjson")
            : new Refused(begun.Refusal!);
    }

    private static async Task<Results<PushStreamHttpResult, Refused>> ExportTableAsync(
        Guid id, HttpContext http, StopExport export, CancellationToken ct)
    {
        var begun = await export.BeginAsync(id, http.Actor(), ct, onlyRows: true);
        return begun.IsOk
            ? TypedResults.Stream(to => export.WriteCsvAsync(begun.Value, to, ct), CsvTable.ContentType,
                $"stop-{begun.Value.Pause.Program}-{begun.Value.Pause.Epoch}.csv")
            : new Refused(begun.Refusal!);
    }

    private static Task<Results<Ok<StopReportView>, Refused>> DeclineAsync(
        Guid id, DeclineBody body, HttpContext http, PauseCommands commands, PauseQueries queries, CancellationToken ct) =>
        RunAsync(id, new DeclinePause(body.Reason ?? ""), body.ExpectedVersion, http, commands, queries, ct);

    private static Task<Results<Ok<StopReportView>, Refused>> ActivateAsync(
        Guid id, VersionBody? body, HttpContext http, PauseCommands commands, PauseQueries queries, CancellationToken ct) =>
        RunAsync(id, new ActivatePause(), body?.ExpectedVersion, http, commands, queries, ct);

    private static Task<Results<Ok<StopReportView>, Refused>> SealAsync(
        Guid id, VersionBody? body, HttpContext http, PauseCommands commands, PauseQueries queries, CancellationToken ct) =>
        RunAsync(id, new SealBuffers(), body?.ExpectedVersion, http, commands, queries, ct);

    private static async Task<Results<Ok<StopReportView>, Refused>> RunAsync(
        Guid id, PauseCommand command, int? expectedVersion, HttpContext http, PauseCommands commands, PauseQueries queries,
        CancellationToken ct)
    {
        var changed = await commands.RunAsync(id, command, http.Expected(expectedVersion), http.Actor(), ct);
        return changed.IsOk ? (await queries.OrderedAsync(id, http.Actor(), ct)).ToOk() : new Refused(changed.Refusal!);
    }
}
