using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

internal sealed record PublicKeyBody([Required] string? Kty, [Required] string? Crv, [Required] string? X, [Required] string? Y);
internal sealed record RegisterBody(
    [Required] string? InstanceName, [Required] string? HostPseudonym, [Required] string? Version,
    [Required] PublicKeyBody? PublicKey, [Required] string? Proof);
internal sealed record ChallengeAnswer(string Challenge);
internal sealed record RegisterAnswer(Guid CollectorId, string Secret);
internal sealed record StopBody([Required] string? Ack);
internal sealed record StopAnswer(string Receipt);
internal sealed record CollectorView(
    Guid Id, string InstanceName, string HostPseudonym, string Version, string? Region, IReadOnlyList<string> Categories,
    DateTimeOffset RegisteredAt, DateTimeOffset? HeardAt, DateTimeOffset? PermitExpiresAt, IReadOnlyList<string> Permitted,
    DateTimeOffset? RevokedAt)
{
    public static CollectorView Of(CollectorRow r) => new(
        r.Id, r.InstanceName, r.HostPseudonym, r.AppVersion, r.Region, Names.Split(r.Categories), r.RegisteredAt, r.HeardAt, r.PermitExp,
        Names.Split(r.PermitCategories ?? ""), r.RevokedAt);
}

/// <summary>Collectors over HTTP: the queries of people, and the protocol of collectors.</summary>
internal static class CollectorApi
{
    private const int MaxBody = 64 * 1024;
    private const string NoSecret = "Send the collector's secret as bearer; register where it is lost.";

    public static void MapCollectorApi(this WebApplication app)
    {
        MapMachines(app);
        var people = app.MapApi("/api/v1/collectors");
        people.MapGet("/", ListAsync).Requires(Act.ReadCollectors)
            .WithSummary("A program's collectors, newest first; for those who operate it.");
        people.MapPost("/{id:guid}/revoke", RevokeAsync).Requires(Act.ManageKeys)
            .WithSummary("Revokes a collector permanently: it gets no more permits.");
    }

    // Keys and secrets, no cookies, no antiforgery: a separate group.
    private static void MapMachines(WebApplication app)
    {
        var machines = app.MapGroup("/api/v1/collectors").AllowAnonymous().DisableAntiforgery().WithTags("Collectors (machines)")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        machines.ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(405).ProducesProblem(409)
            .ProducesProblem(429);
        ((IEndpointConventionBuilder)machines).Finally(OpenApiDocumentation.AddResponses);
        // Those that skip the middleware take no query parameters.
        machines.AddEndpointFilter(async (context, next) =>
            QueryParametersMiddleware.Check(context.HttpContext) is { } refusal ? refusal.ToHttp() : await next(context));
        var enrolling = machines.MapGroup("").RequireScope(Scopes.Enrol);
        enrolling.AddEndpointFilter<NoBodyFilter>();
        enrolling.MapPost("/challenge", Challenge).WithSummary("A challenge to sign when registering (key with the scope enrol).");
        enrolling.MapPost("/register", RegisterAsync).Produces<RegisterAnswer>().WithSummary(
            "Registers a collector (key with the scope enrol). The same public key is the same collector; the secret is new each time.");

        // Requests that collectors send thousands of times a second skip the middleware for people: sign-in, antiforgery, idempotency keys.
        machines.MapPost("/permits:renew", RenewAsync).Produces<RenewAnswer>().ShortCircuit()
            .WithSummary("Renews all permits of a collector: permits, or signed stop notices.");
        machines.MapGet("/events", EventsAsync).Produces(200, contentType: EventsResult.ContentType).ShortCircuit().WithSummary(
            "Server-sent events: the epoch of each of the collector's programs, at first and whenever it rises. An event only asks "
                + "the collector to renew.");
        machines.MapPost("/stops", AcknowledgeAsync).Produces<StopAnswer>().ShortCircuit()
            .WithSummary("Takes a signed acknowledgement of a stop, answers a signed receipt. The same bytes give the same receipt.");
    }

    private static async Task<Results<Ok<Page<CollectorView>>, Refused>> ListAsync(
        HttpContext http, CollectorQueries queries, string? program, string? cursor, int? limit, CancellationToken ct) =>
        (await queries.OfProgramAsync(program ?? "", cursor, limit, http.Actor(), ct)).ToOk(page => page.Map(CollectorView.Of));

    private static async Task<Results<NoContent, Refused>> RevokeAsync(
        Guid id, HttpContext http, CollectorCommands commands, CancellationToken ct) =>
        (await commands.RevokeAsync(id, http.Actor(), ct)).ToNoContent();

    private static Ok<ChallengeAnswer> Challenge(HttpContext http, RegisterCollectorHandler handler) =>
        TypedResults.Ok(new ChallengeAnswer(handler.Challenge(http.Key())));

    private static async Task<IResult> RegisterAsync(
        HttpRequest request, RegisterCollectorHandler handler, RegisterBody body, CancellationToken ct)
    {
        var jwk = body.PublicKey is { Kty: "EC", Crv: "P-256", X: { Length: < 100 } x, Y: { Length: < 100 } y }
            ? new CollectorKey(x, y) : new CollectorKey("", "");
        var command = new RegisterCollector(
            ApiKeyAuthentication.SecretOf(request), request.HttpContext.Key(), body.InstanceName, body.HostPseudonym, body.Version, jwk,
            body.Proof);
        var result = await handler.HandleAsync(command, ct);
        return result.Refusal is { Kind: Domain.RefusalKind.Forbidden } why
            ? Unauthorized(why.Message) : result.ToHttp(r => TypedResults.Ok(new RegisterAnswer(r.Id, r.Secret)));
    }

    private static async Task<IResult> RenewAsync(
        HttpRequest request, CollectorAuthentication authentication, RenewPermitsHandler handler, RenewPermits body,
        CancellationToken ct) =>
        await CollectorAsync(request, authentication, ct) is { } collector
            ? (await handler.HandleAsync(collector, body, ct)).ToHttp(TypedResults.Ok)
            : Unauthorized(NoSecret);

    private static async Task<IResult> EventsAsync(
        HttpRequest request, CollectorAuthentication authentication, SwitchBroadcaster broadcaster, CancellationToken ct) =>
        await CollectorAsync(request, authentication, ct) is { } collector
            ? new EventsResult(collector, broadcaster)
            : Unauthorized(NoSecret);

    private static async Task<IResult> AcknowledgeAsync(
        HttpRequest request, CollectorAuthentication authentication, AcknowledgeStopHandler handler, StopBody body,
        CancellationToken ct) =>
        await CollectorAsync(request, authentication, ct) is { } collector
            ? (await handler.HandleAsync(collector, body.Ack, ct)).ToHttp(receipt => TypedResults.Ok(new StopAnswer(receipt)))
            : Unauthorized(NoSecret);

    private static async Task<KnownCollector?> CollectorAsync(
        HttpRequest request, CollectorAuthentication authentication, CancellationToken ct) =>
        Secrets.Shown(request, CollectorAuthentication.Prefix) is { } secret ? await authentication.FindAsync(secret, ct) : null;

    private static IResult Unauthorized(string message) =>
        Results.Problem(message, statusCode: StatusCodes.Status401Unauthorized, title: "Not known",
            extensions: new Dictionary<string, object?> { ["code"] = "unauthenticated" });
}
