using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.ApiKeys;

/// <param name="Scopes">Of <c>enrol</c>, <c>gate</c>, <c>evaluate</c>, <c>intake</c>; or of <c>read</c>, <c>write</c>, for a key that acts
/// as you.</param>
/// <param name="Programs">Codes; none for a key that is tied to no program.</param>
internal sealed record ApiKeyBody(
    string? Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Programs, string? Region, IReadOnlyList<string>? Categories,
    int? ValidDays);

/// <param name="Key">The secret; it is not shown again.</param>
internal sealed record CreatedKeyView(Guid Id, string Key, string Name, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <param name="Owner">Who made it.</param>
/// <param name="LastUsedAt">To the minute.</param>
internal sealed record ApiKeyView(
    Guid Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> Programs, string? Region, IReadOnlyList<string> Categories,
    string Owner, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

internal static class ApiKeyApi
{
    public static void MapApiKeyApi(this WebApplication app)
    {
        var group = app.MapApi("/api/v1/keys");
        group.MapGet("/", async (HttpContext http, ApiKeyQueries queries, string? program, string? cursor, int? limit,
            CancellationToken ct) =>
            (await queries.ListAsync(program, cursor, limit, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(page.Map(View))))
            .Produces<Page<ApiKeyView>>()
                .WithSummary(
                "A program's keys; without a program your own, for administrators all that are tied to no program. Never with their "
                    + "secrets.");
        group.MapPost("/", async (HttpContext http, ApiKeyHandler handler, ApiKeyBody body, CancellationToken ct) =>
        {
            var scopes = ScopeWords.Parse(body.Scopes ?? []);
            var result = await handler.HandleAsync(
                new CreateApiKey(body.Name, scopes, body.Programs ?? [], body.Region, body.Categories, body.ValidDays), http.Actor(), ct);
            // Nobody keeps it: no cache, and no record of answers.
            http.Response.Headers.CacheControl = "no-store";
            return result.ToHttp(k =>
                TypedResults.Json(new CreatedKeyView(k.Row.Id, k.Secret, k.Row.Name, Names.Split(k.Row.Scopes), k.Row.ExpiresAt),
                statusCode: StatusCodes.Status201Created));
        }).Produces<CreatedKeyView>(201).WithSummary("Makes a key. Its secret is shown only once.");
        group.MapPost("/{id:guid}/revoke", async (HttpContext http, ApiKeyHandler handler, Guid id, CancellationToken ct) =>
            (await handler.HandleAsync(new RevokeApiKey(id), http.Actor(), ct)).ToHttp(_ => TypedResults.NoContent()))
            .Produces(204).WithSummary("Revokes a key. Collectors that were enrolled with it remain.");
    }

    private static ApiKeyView View(ApiKeyLine l) => new(
        l.Row.Id, l.Row.Name, Names.Split(l.Row.Scopes), l.Programs, l.Row.Region, Names.Split(l.Row.Categories), l.Row.CreatedByName,
            l.Row.CreatedAt, l.Row.ExpiresAt, l.Row.RevokedAt, l.Row.LastUsedAt);
}
