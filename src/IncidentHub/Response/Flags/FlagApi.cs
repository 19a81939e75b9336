using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Flags;

/// <summary>A concern as the API takes it. Only the text is required; what is not said counts as «not sure».</summary>
internal sealed record FlagBody
{
    public string? Text { get; init; }
    public string? About { get; init; }
    public DataAnswer? Data { get; init; }
    public AudienceAnswer? Audience { get; init; }
    public StillOpenAnswer? StillOpen { get; init; }

    /// <summary>
    /// Nothing is kept of who sends it; the answer holds a receipt, once. An Idempotency-Key is not kept either: send a token.
    /// </summary>
    public bool? Anonymous { get; init; }

    /// <summary>
    /// 32 to 64 random characters A–Z, a–z, 0–9, dash, underscore: the same token files one flag and gives the same receipt.
    /// </summary>
    public string? Token { get; init; }

    public SendFlag ToCommand() => new(
        new FlagReport(Text ?? "", About, Data ?? DataAnswer.NotSure, Audience ?? AudienceAnswer.NotSure,
            StillOpen ?? StillOpenAnswer.NotSure), Anonymous ?? false, Token);
}

internal sealed record AcknowledgeBody(int? ExpectedVersion);

internal sealed record DismissBody(string? Reason, int? ExpectedVersion);

internal sealed record MergeBody(string? Incident, int? ExpectedVersion);

internal sealed record MessageBody(string? Message);

internal sealed record ReceiptBody(string? Receipt);

internal sealed record ReceiptMessageBody(string? Receipt, string? Message);

internal static class FlagApi
{
    public static void MapFlagApi(this WebApplication app)
    {
        var flags = app.MapApi("/api/v1/flags");
        flags.MapGet("/", async (HttpContext http, FlagQueries queries, bool? open, FlagStatus? status, bool? mine, string? program,
            DateTimeOffset? updatedSince, string? cursor, int? limit, CancellationToken ct) =>
            (await queries.ListAsync(new FlagFilter
            {
                Open = open ?? false,
                Status = status,
                Mine = mine ?? false,
                Program = program,
                UpdatedSince = updatedSince
            }, cursor, limit, http.Actor(), ct))
                .ToHttp(page => TypedResults.Ok(page.Map(FlagLine.Of))))
            .Produces<Page<FlagLine>>().WithSummary("Flags, the newest first: for triage all, for others their own.");

        flags.MapGet("/{code}", async (HttpContext http, FlagQueries queries, string code, CancellationToken ct) =>
            (await queries.FindAsync(code, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(FlagView.Of(page))))
            .Produces<FlagView>().WithSummary("A flag with its conversation.");

        flags.MapPost("/", async (HttpContext http, FlagLimiter limiter, FileFlagHandler handler, FlagBody body, CancellationToken ct) =>
            limiter.Filing(http) is { } tooMany ? tooMany.ToHttp() : (await handler.HandleAsync(body.ToCommand(), http.Actor(), ct))
                .ToHttp(f => f.Receipt is null ? TypedResults.Created($"/api/v1/flags/{f.Code}", f) : (IResult)TypedResults.Json(
                f, statusCode: 201)))
            .Produces<FiledFlag>(201).WithSummary("Raises a concern, by name or anonymously.");

        flags.MapPost("/{code}/acknowledge", (HttpContext http, TriageFlagHandler handler, FlagQueries queries, string code,
            AcknowledgeBody? body, CancellationToken ct) =>
            ActAsync(http, queries, code, handler.HandleAsync(new Acknowledge(code, body?.ExpectedVersion), http.Actor(), ct), ct))
                .Produces<FlagView>().WithSummary("Acknowledges a flag.");

        flags.MapPost("/{code}/dismiss", (HttpContext http, TriageFlagHandler handler, FlagQueries queries, string code, DismissBody body,
            CancellationToken ct) =>
            ActAsync(http, queries, code, handler.HandleAsync(new Dismiss(code, body.Reason ?? "", body.ExpectedVersion), http.Actor(), ct),
                ct)).Produces<FlagView>().WithSummary("Dismisses a flag, with a reason that its reporter can read.");

        flags.MapPost("/{code}/merge", (HttpContext http, TriageFlagHandler handler, FlagQueries queries, string code, MergeBody body,
            CancellationToken ct) =>
            ActAsync(http, queries, code, handler.HandleAsync(new MergeInto(code, body.Incident ?? "", body.ExpectedVersion), http.Actor(),
                ct), ct)).Produces<FlagView>().WithSummary("Merges a flag into an incident.");

        flags.MapPost("/{code}/messages", (HttpContext http, FlagConversationHandler handler, FlagQueries queries, string code,
            MessageBody body, CancellationToken ct) =>
            ActAsync(http, queries, code, handler.HandleAsync(new SayOn(code, body.Message ?? ""), http.Actor(), ct), ct))
                .Produces<FlagView>().WithSummary("Asks or answers. A message of triage acknowledges the flag.");

        // The receipt travels in the body: addresses end up in logs and histories.
        flags.MapPost("/by-receipt", async (HttpContext http, FlagLimiter limiter, FlagQueries queries, ReceiptBody body,
            CancellationToken ct) =>
            limiter.LookingUp(http) is { } tooMany ? tooMany.ToHttp() : (await queries.FindByReceiptAsync(body.Receipt, ct))
                .ToHttp(page => TypedResults.Ok(FlagView.Of(page))))
            .AllowAnonymous().Produces<FlagView>().WithSummary("An anonymous flag, for whoever has its receipt. Needs no sign-in.");

        flags.MapPost("/by-receipt/messages", async (HttpContext http, FlagLimiter limiter, FlagConversationHandler handler,
            FlagQueries queries, ReceiptMessageBody body, CancellationToken ct) =>
        {
            if (limiter.LookingUp(http) is { } tooMany) return tooMany.ToHttp();
            var said = await handler.HandleAsync(new SayByReceipt(body.Receipt ?? "", body.Message ?? ""), ct);
            return said.Refusal is { } why ? why.ToHttp() : (await queries.FindByReceiptAsync(body.Receipt, ct))
                .ToHttp(page => TypedResults.Ok(FlagView.Of(page)));
        }).AllowAnonymous().Produces<FlagView>().WithSummary("Answers triage without a name. Needs no sign-in.");
    }

    private static async Task<IResult> ActAsync<T>(HttpContext http, FlagQueries queries, string code, Task<Result<T>> act,
        CancellationToken ct)
    {
        var done = await act;
        return done.Refusal is { } why ? why.ToHttp() : (await queries.FindAsync(code, http.Actor(), ct))
            .ToHttp(page => TypedResults.Ok(FlagView.Of(page)));
    }
}
