using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace IncidentHub.Switch.Gate;

/// <param name="Admission">Signed (ih-admit+jwt): the storing service verifies it, then stores.</param>
internal sealed record AcceptAnswer(string Answer, Guid BatchId, string Admission);

/// <summary>The result for one of several batches, in their order.</summary>
/// <param name="Status">The status of the batch as if sent alone: 200, 400, 404 or 423.</param>
internal sealed record BatchAnswer(
    int Status, string Answer, string Code, BatchClass? Class, Guid? BatchId, string? Admission,
        IReadOnlyList<Guid>? PauseIds, string? Detail, IReadOnlyDictionary<string, string[]>? Errors);

internal sealed record BatchAnswers(IReadOnlyList<BatchAnswer> Results);

/// <summary>A disposition of quarantined batches: named by id, or all undecided ones of a class.</summary>
[RequiresOneOf("ids", "class")]
internal sealed record DisposeBody(
    [Required] Disposition? Disposition, [Required] string? Reason, IReadOnlyList<Guid>? Ids, BatchClass? Class);

internal sealed record DisposedAnswer(int Batches);

/// <param name="LegalHold">Forbids purging; null where there is none. It names the incidents that the caller may see.</param>
internal sealed record QuarantineView(IReadOnlyDictionary<BatchClass, long> Undecided, IReadOnlyList<QuarantinedBatchView> Items,
    string? NextCursor,
    LegalHoldView? LegalHold);

internal sealed record LegalHoldView(IReadOnlyList<string> Incidents);

internal static class GateApi
{
    private const int MaxBody = 1024 * 1024;

    public static void MapGateApi(this WebApplication app)
    {
        var gate = app.MapGroup("/api/v1/gate").RequireScope(Scopes.Gate).WithTags("Gate (ingestion)")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        gate.ProducesProblem(400).ProducesProblem(404).ProducesProblem(405).ProducesProblem(429);
        ((IEndpointConventionBuilder)gate).Finally(OpenApiDocumentation.AddResponses);
        gate.MapPost("/batches:check", CheckAsync).Produces<AcceptAnswer>().Produces<BatchAnswers>().ProducesProblem(423).WithSummary(
            "Whether a batch may enter: 200 with a signed admission, or 423 with its class. Several at once under «batches» are "
                + "answered one by one.");
        gate.MapGet("/dispositions", DispositionsAsync).WithSummary(
            "Dispositions of quarantined batches since then, in their order; admitted ones with their signed admission.");

        var people = app.MapApi("/api/v1/programs");
        people.MapGet("/{code}/quarantined-batches", QuarantineAsync).Requires(Act.ReadPrograms).WithTags("Gate")
            .WithSummary("A program's quarantined batches, newest first; metadata only.");
        people.MapPost("/{code}/quarantined-batches/dispose", DisposeAsync).Requires(Act.DisposeQuarantinedData)
            .WithTags("Gate").WithSummary(
            "Admits, seals or purges quarantined batches, with a reason: the named ones, or every undecided one of a class.");
    }

    private static async Task<IResult> CheckAsync(HttpContext http, CheckBatchHandler handler, GateBody body, CancellationToken ct) =>
        body.Batches is null
            ? Http(await handler.HandleAsync(http.Key(), body.Single, ct))
            : await SeveralAsync(http.Key(), handler, body, ct);

    private static async Task<Results<Ok<DispositionsAnswer>, Refused>> DispositionsAsync(
        HttpContext http, DispositionFeed feed, long? after, int? limit, CancellationToken ct) =>
        (await feed.AfterAsync(http.Key(), after, limit, ct)).ToOk();

    private static async Task<Results<Ok<QuarantineView>, Refused>> QuarantineAsync(
        string code, HttpContext http, QuarantineQueries queries, bool? undecided, BatchClass? batchClass, string? cursor, int? limit,
        CancellationToken ct) =>
        (await queries.OfProgramAsync(code, new(undecided ?? true, batchClass), cursor, limit, http.Actor(), ct)).ToOk(
            q => new QuarantineView(q.Undecided, q.Batches.Items, q.Batches.NextCursor, q.Hold is null ? null : new(q.Hold.Incidents)));

    private static async Task<Results<Ok<DisposedAnswer>, Refused>> DisposeAsync(
        string code, DisposeBody body, HttpContext http, DisposeQuarantinedHandler handler, CancellationToken ct)
    {
        var command = new DisposeQuarantined(code, body.Disposition ?? (Disposition)(-1), body.Reason, body.Ids, body.Class);
        return (await handler.HandleAsync(command, http.Actor(), ct)).ToOk(n => new DisposedAnswer(n));
    }

    private static async Task<IResult> SeveralAsync(KnownKey key, CheckBatchHandler handler, GateBody body, CancellationToken ct)
    {
        if (body.CheckSeveral() is { } beside) return beside.ToHttp();
        if (body.Batches!.Count is 0 or > GateBody.MaxBatches)
            return Domain.Refusal.Invalid("batches", $"1 to {GateBody.MaxBatches} batches.").ToHttp();
        var empty = body.Batches.ToList().FindIndex(b => b is null);
        if (empty >= 0) return Domain.Refusal.Invalid($"batches[{empty}]", "A batch, not null.").ToHttp();
        // Concurrently: they share a commit.
        var answers = await Task.WhenAll(body.Batches.Select(b => handler.HandleAsync(key, b!, ct)));
        return TypedResults.Ok(new BatchAnswers([.. answers.Select(One)]));
    }

    private static BatchAnswer One(Result<GateAnswer> result) => result.IsOk
        ? new(result.Value.Enters ? 200 : 423, result.Value.Action, Code(result.Value), result.Value.Class, result.Value.BatchId,
            result.Value.Admission, result.Value.PauseIds, result.Value.Enters ? null : Words(result.Value), null)
        : new(Problems.StatusOf(result.Refusal!.Kind), "refuse", result.Refusal.Code, null, null, null, null, result.Refusal.Message,
            result.Refusal.Errors);

    private static IResult Http(Result<GateAnswer> result) => result.ToHttp<GateAnswer>(a => a.Enters
        ? TypedResults.Ok(new AcceptAnswer("accept", a.BatchId!.Value, a.Admission!))
        : Results.Problem(Words(a), statusCode: StatusCodes.Status423Locked, title: a.Class == BatchClass.D ? "Refused" : "Quarantined",
            extensions: new Dictionary<string, object?>
            {
                ["code"] = Code(a),
                ["class"] = a.Class.ToString(),
                ["answer"] = a.Action,
                ["batchId"] = a.BatchId,
                ["pauseIds"] = a.PauseIds,
            }));

    private static string Code(GateAnswer a) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(a.Reason.ToString());

    private static string Words(GateAnswer a) => a.Action switch
    {
        "seal" => "Its disposition is to seal it. Keep it locked and store it nowhere else.",
        "purge" => "Its disposition is to purge it. Destroy it.",
        _ => Words(a.Reason),
    };

    private static string Words(GateReason reason) => reason switch
    {
        GateReason.Allowed => "It may enter.",
        GateReason.UploadedUnderPause =>
            "Late upload: collected while allowed, uploaded under a pause. Quarantine it and ask for its disposition.",
        GateReason.CollectedAfterPause =>
            "Collected while stopping: it may have been collected after the pause became active. Quarantine it and ask for its "
                + "disposition.",
        GateReason.CollectedAfterStop =>
            "Violation: collected after the collector's proven stop. It was reported. Quarantine it and ask for its disposition.",
        GateReason.PermitMissing => "A permit is missing. Send each permit under which the batch was collected, as the hub signed it.",
        GateReason.PermitInvalid => "A permit was not issued by this hub, or is too old to be judged. Do not store it.",
        GateReason.PermitForeign => "A permit was issued to another collector, or for another program. Do not store it.",
        GateReason.CategoryNotPermitted => "A permit does not cover these categories. Do not store it.",
        GateReason.OutsidePermit => "Collected after the permit expired, without an active pause: no permit covers it. Do not store it.",
        GateReason.InTheFuture => "The interval ends in the future. Do not store it.",
        GateReason.SequenceReused => "Another batch of this collector used these sequence numbers. Do not store it.",
    };
}
