using IncidentHub.Domain.Access;
using IncidentHub.Switch.ApiKeys;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.Mvc;
using IncidentHub.Switch.Collectors;

namespace IncidentHub.Switch.Protocol;

internal sealed record PublicKeyBody(string? Kty, string? Crv, string? X, string? Y);
internal sealed record RegisterBody(string? InstanceName, string? HostPseudonym, string? Version, PublicKeyBody? PublicKey, string? Proof);
internal sealed record ChallengeAnswer(string Challenge);
internal sealed record RegisterAnswer(Guid CollectorId, string Secret);
internal sealed record StopBody(string? Ack);
internal sealed record StopAnswer(string Receipt);
internal sealed record CollectorView(
    Guid Id, string InstanceName, string HostPseudonym, string Version, string? Region, IReadOnlyList<string> Categories,
        DateTimeOffset RegisteredAt,
    DateTimeOffset? HeardAt, DateTimeOffset? PermitExpiresAt, IReadOnlyList<string> Permitted, DateTimeOffset? RevokedAt);

internal static class CollectorApi
{
    private const int MaxBody = 64 * 1024;

    public static void MapCollectorApi(this WebApplication app)
    {
        MapMachines(app);
        var people = app.MapApi("/api/v1/collectors");
        people.MapGet("/", async (HttpContext http, CollectorQueries queries, string? program, string? cursor, int? limit,
            CancellationToken ct) =>
            (await queries.OfProgramAsync(program ?? "", cursor, limit, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(page.Map(View))))
            .Produces<Page<CollectorView>>().WithSummary("A program's collectors, newest first; for those who operate it.");
        people.MapPost("/{id:guid}/revoke", async (HttpContext http, CollectorQueries queries, Guid id, CancellationToken ct) =>
            (await queries.RevokeAsync(id, http.Actor(), ct)).ToHttp(_ => TypedResults.NoContent()))
            .Produces(204).WithSummary("Revokes a collector permanently: it gets no more permits.");
    }

    // Keys and secrets, no cookies, no antiforgery: a group of its own.
    private static void MapMachines(WebApplication app)
    {
        var machines = app.MapGroup("/api/v1/collectors").AllowAnonymous().DisableAntiforgery().WithTags("Collectors (machines)")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBody));
        machines.ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(409).ProducesProblem(413);
        var enrolling = machines.MapGroup("").RequireScope(Scopes.Enrol);
        enrolling.MapPost("/challenge", (HttpContext http, RegisterCollectorHandler handler) =>
            TypedResults.Ok(new ChallengeAnswer(handler.Challenge(http.Key()))))
            .Produces<ChallengeAnswer>().WithSummary("A challenge to sign when registering (key with the scope enrol).");

        enrolling.MapPost(
            "/register", async (HttpRequest request, RegisterCollectorHandler handler, RegisterBody body, CancellationToken ct) =>
        {
            var jwk = body.PublicKey is { Kty: "EC", Crv: "P-256", X: { Length: < 100 } x, Y: { Length: < 100 } y }
                ? new CollectorKey(x, y) : new CollectorKey("", "");
            var result = await handler.HandleAsync(
                new RegisterCollector(ApiKeyAuthentication.SecretOf(request)!, body.InstanceName, body.HostPseudonym, body.Version,
                jwk, body.Proof), ct);
            return result.Refusal is { Kind: Domain.RefusalKind.Forbidden } why
                ? Unauthorized(why.Message) : result.ToHttp(r => TypedResults.Ok(new RegisterAnswer(r.Id, r.Secret)));
        }).Produces<RegisterAnswer>()
            .WithSummary(
            "Registers a collector (key with the scope enrol). The same public key is the same collector; the secret is new each time.");

        // What a fleet asks thousands of times a second passes by all that is for people: sign-in, antiforgery, idempotency keys.
        machines.MapPost("/permits:renew", async (HttpRequest request, CollectorAuthentication authentication, RenewPermitsHandler handler,
            RenewPermits body, CancellationToken ct) =>
            await CollectorAsync(request, authentication, ct) is { } collector
                ? (await handler.HandleAsync(collector, body, ct)).ToHttp(TypedResults.Ok)
                : Unauthorized("Send the collector's secret as bearer; register where it is lost."))
            .Produces<RenewAnswer>().WithSummary("Renews all permits of a collector: permits, or signed stop notices.").ShortCircuit();

        machines.MapGet("/events", async (HttpContext http, CollectorAuthentication authentication, SwitchBroadcaster broadcaster,
            CancellationToken ct) =>
            await CollectorAsync(http.Request, authentication, ct) is { } collector
                ? new EventsResult(collector, broadcaster)
                : Unauthorized("Send the collector's secret as bearer; register where it is lost."))
            .Produces(200, contentType: EventsResult.ContentType)
                .WithSummary(
                "Server-sent events: the epoch of each of the collector's programs, at first and whenever it rises. An event only asks "
                    + "the collector to renew.").ShortCircuit();

        machines.MapPost("/stops", async (HttpRequest request, CollectorAuthentication authentication, AcknowledgeStopHandler handler,
            StopBody body, CancellationToken ct) =>
            await CollectorAsync(request, authentication, ct) is { } collector
                ? (await handler.HandleAsync(collector, body.Ack, ct)).ToHttp(receipt => TypedResults.Ok(new StopAnswer(receipt)))
                : Unauthorized("Send the collector's secret as bearer; register where it is lost."))
            .Produces<StopAnswer>()
                .WithSummary("Takes a signed acknowledgement of a stop, answers a signed receipt. The same bytes give the same receipt.")
                .ShortCircuit();
    }

    private static async Task<KnownCollector?> CollectorAsync(
        HttpRequest request, CollectorAuthentication authentication, CancellationToken ct) =>
        Secrets.Shown(request, CollectorAuthentication.Prefix) is { } secret ? await authentication.FindAsync(secret, ct) : null;

    private static IResult Unauthorized(string message) =>
        Results.Problem(message, statusCode: StatusCodes.Status401Unauthorized, title: "Not known",
            extensions: new Dictionary<string, object?> { ["code"] = "unauthenticated" });

    private static CollectorView View(CollectorRow r) => new(
        r.Id, r.InstanceName, r.HostPseudonym, r.AppVersion, r.Region, Names.Split(r.Categories), r.RegisteredAt, r.HeardAt, r.PermitExp,
            Names.Split(r.PermitCategories ?? ""), r.RevokedAt);
}
