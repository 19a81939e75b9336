using System.Net.Mime;

namespace IncidentHub.Switch.FeatureFlags;

/// <summary>The schemas of the requests in the OpenAPI document; see <see cref="OfrepContext"/>.</summary>
internal sealed record EvaluationBody(EvaluationContextBody? Context);
internal sealed record EvaluationContextBody(string? TargetingKey, string? Region, string? DataCategory);
internal sealed record EvaluationView(string Key, bool Value, string Reason, string Variant, EvaluationMetadata Metadata);
internal sealed record EvaluationMetadata(long Epoch, bool Bounded);
internal sealed record EvaluationFailure(string Key, string ErrorCode, string ErrorDetails);
internal sealed record BulkFailure(string ErrorCode, string ErrorDetails);
internal sealed record BulkView(IReadOnlyList<EvaluationView> Flags);

internal static class OfrepModule
{
    // Other content types are accepted too: a routing error would not have the protocol's shape.
    private const string AnyType = "*/*";

    public static void AddOfrep(this IServiceCollection services)
    {
        services.AddOptions<OfrepOptions>().BindConfiguration("Ofrep").Validate(o => o.PerSecond > 0, "Ofrep:PerSecond is at least 1.")
            .ValidateOnStart();
        services.AddSingleton<OfrepFlags>();
        services.AddSingleton<OfrepLimiter>();
        services.AddSingleton<OfrepEndpoints>();
    }

    public static void MapOfrep(this WebApplication app)
    {
        var group = app.MapGroup("/ofrep/v1/evaluate/flags").AllowAnonymous().DisableAntiforgery().WithTags("OFREP");
        group.ProducesProblem(401).ProducesProblem(403).ProducesProblem(405).ProducesProblem(429);
        group.MapPost("/{key}", SingleAsync)
            .Accepts<EvaluationBody>(isOptional: true, MediaTypeNames.Application.Json, AnyType).Produces<EvaluationView>()
                .Produces<EvaluationFailure>(400).Produces<EvaluationFailure>(404)
            .WithSummary(
                "Evaluates program.CODE.collect: true only where collection is allowed now (key with the scope evaluate). Readers cache "
                    + "values: they are not bounded.");
        group.MapPost("/", BulkAsync)
            .Accepts<EvaluationBody>(isOptional: true, MediaTypeNames.Application.Json, AnyType).Produces<BulkView>().Produces(304)
                .Produces<BulkFailure>(400)
            .WithSummary("Evaluates all flags that the key reaches, with an ETag; If-None-Match answers 304.");
        group.MapMethods("/", [HttpMethods.Options], OfrepEndpoints.Preflight).ExcludeFromDescription();
        group.MapMethods("/{key}", [HttpMethods.Options], OfrepEndpoints.Preflight).ExcludeFromDescription();
    }

    private static Task SingleAsync(HttpContext http, OfrepEndpoints ofrep, string key) => ofrep.SingleAsync(http, key);

    private static Task BulkAsync(HttpContext http, OfrepEndpoints ofrep) => ofrep.BulkAsync(http);
}
