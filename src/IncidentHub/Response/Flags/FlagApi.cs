using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Http;
using IncidentHub.Response.Incidents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.Flags;

/// <summary>The request to file a flag. Only the text is required; omitted answers count as «not sure».</summary>
internal sealed record FlagBody
{
    [Required]
    public string? Text { get; init; }
    public string? About { get; init; }
    public DataAnswer? Data { get; init; }
    public AudienceAnswer? Audience { get; init; }
    public StillOpenAnswer? StillOpen { get; init; }

    /// <summary>
    /// Nothing is stored about the sender; the response contains the receipt, and again where the same request is repeated with its token
    /// or its Idempotency-Key.
    /// </summary>
    public bool? Anonymous { get; init; }

    /// <summary>
    /// 32 to 64 random characters A–Z, a–z, 0–9, dash, underscore: the same token files one flag and returns the same receipt.
    /// </summary>
    public string? Token { get; init; }

    public SendFlag ToCommand() => new(
        new FlagReport(Text ?? "", About, Data ?? DataAnswer.NotSure, Audience ?? AudienceAnswer.NotSure,
            StillOpen ?? StillOpenAnswer.NotSure), Anonymous ?? false, Token);
}

internal sealed record DismissBody([Required] string? Reason, int? ExpectedVersion);

internal sealed record MergeFlagBody([Required] string? Incident, int? ExpectedVersion);

/// <summary>One act on several flags.</summary>
/// <param name="Reason">Required where they are dismissed.</param>
/// <param name="Incident">Required where they are merged.</param>
internal sealed record TriageBody(
    [Required] IReadOnlyList<string>? Flags, [Required] FlagTriage? Act, string? Reason, string? Incident);

/// <param name="Refusal">Why it was not done; null: it was done.</param>
internal sealed record TriageLine(string Flag, string? Refusal);

internal sealed record TriageResult(IReadOnlyList<TriageLine> Items);

internal sealed record MessageBody([Required] string? Message);

internal sealed record ReceiptBody([Required] string? Receipt);

internal sealed record ReceiptMessageBody([Required] string? Receipt, [Required] string? Message);

/// <summary>Flags over HTTP.</summary>
internal static partial class FlagApi
{
    // Whoever has the key of an anonymous flag can get its receipt.
    private const int MinAnonymousKey = 20;
    private const string WeakKey =
        "For an anonymous flag, 20 to 200 random characters, such as a UUID: whoever guesses them gets the receipt.";
    private static readonly Refusal NoReceipt = Refusal.Invalid("receipt", "Enter the receipt code of the flag.");

    public static void MapFlagApi(this WebApplication app)
    {
        var flags = app.MapApi("/api/v1/flags");
        flags.MapGet("/", ListAsync).Requires(Act.FollowFlag).WithSummary("Flags, the newest first: for triage all, for others their own.");
        flags.MapGet("/{code}", GetAsync).Requires(Act.FollowFlag).WithSummary("A flag with its conversation.");
        flags.MapPost("/", FileAsync).Requires(Act.FileFlag).WithSummary("Raises a concern, by name or anonymously.");
        flags.MapPost("/{code}/acknowledge", AcknowledgeAsync).Requires(Act.TriageFlag).WithSummary("Acknowledges a flag.");
        flags.MapPost("/{code}/dismiss", DismissAsync).Requires(Act.TriageFlag)
            .WithSummary("Dismisses a flag, with a reason that its reporter can read.");
        flags.MapPost("/{code}/merge", MergeAsync).Requires(Act.TriageFlag).WithSummary("Merges a flag into an incident.");
        flags.MapPost("/triage", TriageAsync).Requires(Act.TriageFlag)
            .WithSummary("Acknowledges, dismisses or merges up to 50 flags. What is refused is returned with a reason; the rest is done.");
        flags.MapPost("/{code}/messages", SayAsync).Requires(Act.FollowFlag)
            .WithSummary("Asks or answers. A message of triage acknowledges the flag.");
        flags.MapGet("/{code}/texts", ListTextsAsync).ListsTexts("in the flag and its conversation, with the files of its reporter");
        flags.MapPost("/{code}/redact", RedactAsync).Redacts("the texts of the flag and of its conversation, and the reporter's files");
        // The receipt is sent in the body: URLs are stored in logs and browser histories.
        flags.MapPost("/by-receipt", GetByReceiptAsync).AllowAnonymous()
            .WithSummary("An anonymous flag, for whoever has its receipt. Needs no sign-in.");
        flags.MapPost("/by-receipt/messages", SayByReceiptAsync).AllowAnonymous().WithMetadata(new IdempotentPer("receipt"))
            .WithSummary("Answers triage without a name. Needs no sign-in.");
        MapFiles(flags);
    }

    private static async Task<Results<Ok<Page<FlagLine>>, Refused>> ListAsync(
        HttpContext http, FlagQueries queries, bool? open, FlagStatus? status, bool? mine, string? program, DateTimeOffset? updatedSince,
        string? cursor, int? limit, CancellationToken ct)
    {
        var filter = new FlagFilter
        {
            Open = open ?? false,
            Status = status,
            Mine = mine ?? false,
            Program = program,
            UpdatedSince = updatedSince,
        };
        return (await queries.ListAsync(filter, cursor, limit, http.Actor(), ct)).ToOk(page => page.Map(FlagLine.Of));
    }

    private static async Task<Results<Ok<FlagView>, Refused>> GetAsync(
        string code, HttpContext http, FlagQueries queries, CancellationToken ct) =>
        (await queries.FindAsync(code, http.Actor(), ct)).ToOk(FlagView.Of);

    // The response to an anonymous flag has no Location header: no log on the way contains its code.
    private static async Task<Results<Created<FiledFlag>, JsonHttpResult<FiledFlag>, Refused>> FileAsync(
        FlagBody body, HttpContext http, FlagLimiter limiter, FlagCommands commands, CancellationToken ct)
    {
        var (command, key) = (body.ToCommand(), http.Request.Headers[IdempotencyMiddleware.Header].ToString());
        var keyed = command is { Anonymous: true, Token: null } && key.Length > 0;
        if (keyed && key.Length < MinAnonymousKey) return new Refused(Refusal.Invalid(IdempotencyMiddleware.Header, WeakKey));
        if (keyed) command = command with { Token = FlagCommands.TokenOf(key) };
        var filed = await commands.FileAsync(command, http.Actor(), () => limiter.Filing(http), ct);
        if (filed.Refusal is { Code: FlagCommands.AlreadySent } && keyed)
            return new Refused(IdempotencyMiddleware.Mismatch, StatusCodes.Status422UnprocessableEntity);
        if (filed.Refusal is { } refused) return new Refused(refused);
        return filed.Value.Receipt is null
            ? TypedResults.Created($"~/api/v1/flags/{filed.Value.Code}", filed.Value)
            : TypedResults.Json(filed.Value, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Results<Ok<FlagView>, Refused>> AcknowledgeAsync(
        string code, VersionBody? body, HttpContext http, FlagCommands commands, FlagQueries queries, CancellationToken ct)
    {
        var actor = http.Actor();
        return await ReadAsync(
            await commands.RunAsync(code, new AcknowledgeFlag(actor.Id), http.Expected(body?.ExpectedVersion), actor, ct),
            queries, actor, ct);
    }

    private static async Task<Results<Ok<FlagView>, Refused>> DismissAsync(
        string code, DismissBody body, HttpContext http, FlagCommands commands, FlagQueries queries, CancellationToken ct)
    {
        var actor = http.Actor();
        var dismiss = new DismissFlag(body.Reason ?? "", actor.Id);
        return await ReadAsync(await commands.RunAsync(code, dismiss, http.Expected(body.ExpectedVersion), actor, ct), queries, actor, ct);
    }

    private static async Task<Results<Ok<FlagView>, Refused>> MergeAsync(
        string code, MergeFlagBody body, HttpContext http, FlagCommands commands, FlagQueries queries, CancellationToken ct)
    {
        var actor = http.Actor();
        return await ReadAsync(
            await commands.MergeAsync(code, body.Incident ?? "", http.Expected(body.ExpectedVersion), actor, ct), queries, actor, ct);
    }

    private static async Task<Results<Ok<TriageResult>, Refused>> TriageAsync(
        TriageBody body, HttpContext http, FlagCommands commands, CancellationToken ct)
    {
        if (body.Act is not { } act) return new Refused(Refusal.Invalid("act", "Enter Acknowledge, Dismiss or Merge."));
        var triage = new TriageFlags(body.Flags ?? [], act, body.Reason, body.Incident);
        return (await commands.TriageAsync(triage, http.Actor(), ct))
            .ToOk(done => new TriageResult([.. done.Select(d => new TriageLine(d.Code, d.Refusal?.Message))]));
    }

    private static async Task<Results<Ok<FlagView>, Refused>> SayAsync(
        string code, MessageBody body, HttpContext http, FlagCommands commands, FlagQueries queries, CancellationToken ct)
    {
        var actor = http.Actor();
        return await ReadAsync(await commands.SayAsync(code, body.Message ?? "", actor, ct: ct), queries, actor, ct);
    }

    private static async Task<Results<Ok<FlagView>, Refused>> GetByReceiptAsync(
        ReceiptBody body, HttpContext http, FlagLimiter limiter, FlagQueries queries, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(body.Receipt) ? new Refused(NoReceipt)
            : limiter.LookingUp(http) is { } tooMany ? new Refused(tooMany)
            : (await queries.FindByReceiptAsync(body.Receipt, ct)).ToOk(FlagView.Of);

    private static async Task<Results<Ok<FlagView>, Refused>> SayByReceiptAsync(
        ReceiptMessageBody body, HttpContext http, FlagLimiter limiter, FlagCommands commands, FlagQueries queries, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(body.Receipt)) return new Refused(NoReceipt);
        if (limiter.LookingUp(http) is { } tooMany) return new Refused(tooMany);
        var said = await commands.SayByReceiptAsync(body.Receipt, body.Message ?? "", ct: ct);
        return said.Refusal is { } refused
            ? new Refused(refused) : (await queries.FindByReceiptAsync(body.Receipt, ct)).ToOk(FlagView.Of);
    }

    private static async Task<Results<Ok<FlagView>, Refused>> ReadAsync(
        Result<FlagRecord> changed, FlagQueries queries, Actor actor, CancellationToken ct) =>
        changed.Refusal is { } refused
            ? new Refused(refused) : (await queries.FindAsync(changed.Value.State.Code, actor, ct)).ToOk(FlagView.Of);

    private static Task<Results<Ok<RedactionPreview>, Refused>> ListTextsAsync(
        string code, string? q, HttpContext http, FlagRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.ListAsync(place, code, q, http, redactions, ct);

    private static Task<Results<Ok<RedactedView>, Refused>> RedactAsync(
        string code, RedactTextsBody body, HttpContext http, FlagRedactable place, Redactions redactions, CancellationToken ct) =>
        RedactionApi.RunAsync(place, code, body, http, redactions, ct);
}
