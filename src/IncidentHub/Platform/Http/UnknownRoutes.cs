using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace IncidentHub.Platform.Http;

/// <summary>
/// Answers calls of programs that no endpoint takes: 405 with <c>Allow</c> where the path takes other methods, otherwise 404. Without it,
/// the routes of the pages would answer them.
/// </summary>
/// <remarks>After routing, and no route of its own: one that takes everything would win over endpoints whose body may be missing.</remarks>
internal sealed class UnknownRoutesMiddleware(RequestDelegate next, EndpointDataSource endpoints)
{
    // The pages of the API's documentation, /api/docs, have no endpoint.
    private static readonly PathString[] Prefixes = ["/api/v1", "/ofrep", "/.well-known", "/openapi"];
    private readonly Lazy<HashSet<string>> _literal = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(e => IsOfPrograms(e) && e.RoutePattern.Parameters.Count == 0).Select(e => e.RoutePattern.RawText!.TrimEnd('/'))
        .ToHashSet(StringComparer.OrdinalIgnoreCase));

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path;
        if (!Prefixes.Any(p => path.StartsWithSegments(p))) return next(http);
        if (http.GetEndpoint() is RouteEndpoint endpoint && IsOfPrograms(endpoint) && !IsHidden(endpoint, path)) return next(http);
        return Answer(http) is { } answer ? answer.ExecuteAsync(http) : next(http);
    }

    // GET /flags/by-receipt is not the flag of that name: the path has endpoints of its own, which take other methods.
    private bool IsHidden(RouteEndpoint endpoint, PathString path) =>
        endpoint.RoutePattern.Parameters.Count > 0 && _literal.Value.Contains(path.Value!.TrimEnd('/'));

    private static bool IsOfPrograms(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is { } route && Prefixes.Any(p => route.StartsWith(p.Value! + "/", StringComparison.Ordinal));

    // Null where the method is right: the framework refuses something else, such as the content type.
    private IResult? Answer(HttpContext http)
    {
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => IsOfPrograms(e) && Matches(e.RoutePattern, http.Request.Path) && !IsHidden(e, http.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .SelectMany(m => m == "GET" ? [m, "HEAD"] : new[] { m })
            .Distinct().Order(StringComparer.Ordinal).ToList();
        if (methods.Count == 0) return TypedResults.Problem("There is no such path. See /openapi/v1.json.", statusCode: 404);
        if (methods.Contains(http.Request.Method)) return null;
        http.Response.Headers.Allow = string.Join(", ", methods);
        return TypedResults.Problem($"This path takes {string.Join(", ", methods)}.", statusCode: 405);
    }

    private static bool Matches(RoutePattern pattern, PathString path)
    {
        var values = new RouteValueDictionary();
        return new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(path, values)
            && pattern.Parameters.All(p => p.ParameterPolicies.All(c => c.Content switch
            {
                "guid" => Guid.TryParse(values[p.Name] as string, out _),
                "int" => int.TryParse(values[p.Name] as string, out _),
                _ => true,
            }));
    }
}

/// <summary>HEAD is answered as GET without the body (RFC 9110, section 9.3.2).</summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }
        var body = http.Response.Body;
        http.Items[typeof(HeadMiddleware)] = true;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
            http.Response.Body = body;
        }
    }

    /// <summary>Whether only the head of the response is asked for: a stream without an end must not be opened.</summary>
    public static bool IsAsked(HttpContext http) => http.Items.ContainsKey(typeof(HeadMiddleware));
}
