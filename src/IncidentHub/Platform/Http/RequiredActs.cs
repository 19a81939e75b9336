using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace IncidentHub.Platform.Http;

/// <summary>The acts that a route or a page serves; one of them is sufficient.</summary>
internal interface IActMetadata
{
    IReadOnlyList<Act> Acts { get; }
}

/// <summary>The act of a page. Who may never do it does not see the page, nor its item in the navigation.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresActAttribute(Act act) : AuthorizeAttribute(act.ToString()), IActMetadata
{
    public IReadOnlyList<Act> Acts { get; } = [act];
}

/// <summary>A route or a page for everybody who is signed in, with the reason.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresNoActAttribute(string why) : Attribute
{
    public string Why => why;
}

/// <summary>
/// Who may never do what a route serves is refused by the access table before the body is read. Where only the relation to the object
/// permits the act, the check follows the load: a command's path, or the query.
/// </summary>
internal static class RequiredActs
{
    // Routes of the framework: the live connection of pages, which are authorised one by one, its redirection, and, in Development, files
    // of the source tree.
    private static readonly string[] Framework = ["_blazor", "_framework", "{**path:file}"];

    private sealed record RouteActs(IReadOnlyList<Act> Acts) : IActMetadata;

    public static void AddRequiredActs(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ForbiddenAnswers>();
        services.Configure<AuthorizationOptions>(o =>
        {
            foreach (var act in Enum.GetValues<Act>()) o.AddPolicy(act.ToString(), PolicyFor([act]));
        });
    }

    /// <summary>Requires one of these acts.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder route, params Act[] acts) where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(PolicyFor(acts)).WithMetadata(new RouteActs(acts));

    /// <summary>
    /// A route without an act, a key's scope or a word that it is for everybody must not be served. Throws
    /// <see cref="InvalidOperationException"/> with the routes.
    /// </summary>
    public static void CheckRoutes(this WebApplication app)
    {
        var open = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => !IsDecided(e)).Select(e => e.DisplayName ?? e.RoutePattern.RawText).Distinct().ToList();
        if (open.Count > 0) throw new InvalidOperationException($"Nothing says who may use {string.Join(", ", open)}. Add Requires(Act…).");
    }

    private static bool IsDecided(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IActMetadata>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || endpoint.Metadata.GetMetadata<RequiresNoActAttribute>() is not null
        || Framework.Any(prefix => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith(prefix, StringComparison.Ordinal) == true);

    private static AuthorizationPolicy PolicyFor(Act[] acts) => new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
        .RequireAssertion(c => c.User.Identity is { IsAuthenticated: true }
            && c.User.ToActor() is var actor && acts.Any(act => AccessTable.MayEver(actor, act)))
        .Build();

    /// <summary>A program is told which act it may not do, and whom to ask.</summary>
    private sealed class ForbiddenAnswers : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler _standard = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result) =>
            result.Forbidden && Problems.IsMachine(context) && context.GetEndpoint()?.Metadata.GetMetadata<IActMetadata>() is { } route
                && AccessTable.Deny(context.Actor(), route.Acts[0]) is { } denied
                ? denied.ToHttp().ExecuteAsync(context) : _standard.HandleAsync(next, context, policy, result);
    }
}
