using Microsoft.Net.Http.Headers;

namespace IncidentHub.Platform.Http;

internal static class ApiGroup
{
    /// <summary>
    /// A route group of the API for signed-in people: authenticated, guarded against cross-site calls, tagged for the OpenAPI document.
    /// </summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string prefix)
    {
        var name = prefix.Split('/')[^1];
        var group = app.MapGroup(prefix).RequireAuthorization().WithMetadata(ApiEndpoint.Mark)
            .WithTags(char.ToUpperInvariant(name[0]) + name[1..]);
        group.AddEndpointFilter(async (context, next) => IsCrossSite(context.HttpContext.Request)
            ? Refusal.Forbidden("Requests from pages of other sites are refused.").ToHttp()
            : await next(context));
        group.AddEndpointFilter<NoBodyFilter>();
        group.AddEndpointFilter<EntityTagFilter>();
        group.ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(405).ProducesProblem(409)
            .ProducesProblem(412).ProducesProblem(429);
        ((IEndpointConventionBuilder)group).Finally(OpenApiDocumentation.AddResponses);
        return group;
    }

    // Browsers send cookies automatically and state the origin of a call; other clients do not.
    private static bool IsCrossSite(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return false;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none")) return true;
        return IsOfAnotherOrigin(request);
    }

    public static bool IsOfAnotherOrigin(HttpRequest request)
    {
        var origin = request.Headers[HeaderNames.Origin].ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value);
    }
}
