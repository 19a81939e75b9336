using IncidentHub.Domain.Access;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>Published: route groups for machines, which authenticate with a key instead of a cookie.</summary>
internal static class ApiKeyFilter
{
    /// <summary>
    /// Requires a key with the scope: 401 without a valid key, 403 where it lacks the scope. The endpoint reads the key from
    /// <see cref="Key"/>.
    /// </summary>
    public static RouteGroupBuilder RequireScope(this RouteGroupBuilder group, Scopes scope)
    {
        group.AllowAnonymous().DisableAntiforgery();
        group.ProducesProblem(401).ProducesProblem(403);
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var key = await http.RequestServices.GetRequiredService<ApiKeyAuthentication>().FindAsync(http.Request, http.RequestAborted);
            if (key is null) return Unknown();
            if (!key.Has(scope)) return Lacks(scope);
            http.Features.Set(key);
            return await next(context);
        });
        return group;
    }

    /// <summary>The authenticated key. Throws <see cref="InvalidOperationException"/> outside a group that requires a scope.</summary>
    public static KnownKey Key(this HttpContext http) => http.Features.Get<KnownKey>()
        ?? throw new InvalidOperationException("This route requires no scope.");

    internal static IResult Unknown() => Results.Problem(
        "Send a valid key as Authorization: Bearer, or as X-API-Key. This one is missing, unknown, revoked, expired, or not for your "
            + "network.",
        statusCode: StatusCodes.Status401Unauthorized, title: "Not known",
            extensions: new Dictionary<string, object?> { ["code"] = "unauthenticated" });

    internal static IResult Lacks(Scopes scope) => Results.Problem(
        $"This key does not have the scope {string.Join(", ", scope.Words())}.",
        statusCode: StatusCodes.Status403Forbidden, title: "Not allowed",
            extensions: new Dictionary<string, object?> { ["code"] = "scope_missing" });
}
