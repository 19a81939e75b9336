using IncidentHub.Domain.Access;
using IncidentHub.Features.Pauses;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Identity;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Features.ApiKeys;

/// <param name="Scopes">Of <c>enrol</c>, <c>gate</c>, <c>evaluate</c>, <c>intake</c>; or of <c>read</c>, <c>write</c>, for a key that acts as you.</param>
/// <param name="Programs">Codes; none for a key that is tied to no program.</param>
internal sealed record ApiKeyBody(string? Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Programs, string? Region, IReadOnlyList<string>? Categories, int? ValidDays);

/// <param name="Key">The secret; it is not shown again.</param>
internal sealed record CreatedKeyView(Guid Id, string Key, string Name, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <param name="Owner">Who made it.</param>
/// <param name="LastUsedAt">To the minute.</param>
internal sealed record ApiKeyView(
    Guid Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> Programs, string? Region, IReadOnlyList<string> Categories,
    string Owner, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt);

/// <param name="SignsUntil">Null until a next key is made. What it signed verifies for ever.</param>
/// <param name="PublicKey">Also of a withdrawn key, which is published nowhere else: to look at what it signed once, not to believe it.</param>
internal sealed record SigningKeyView(string Kid, DateTimeOffset MadeAt, DateTimeOffset SignsFrom, DateTimeOffset? SignsUntil, WithdrawalView? Withdrawn, PublicJwk PublicKey);

internal sealed record WithdrawalView(DateTimeOffset At, string By, string Reason);

internal sealed record WithdrawBody(string? Reason);

internal static class ApiKeyApi
{
    public static void MapApiKeyApi(this WebApplication app)
    {
        var group = app.MapApi("/api/v1/keys");
        group.MapGet("/", async (HttpContext http, ApiKeyQueries queries, string? program, string? cursor, int? limit, CancellationToken ct) =>
            (await queries.ListAsync(program, cursor, limit, http.Actor(), ct)).ToHttp(page => TypedResults.Ok(page.Map(View))))
            .Produces<Page<ApiKeyView>>().WithSummary("A program's keys; without a program your own, for administrators all that are tied to no program. Never with their secrets.");
        group.MapPost("/", async (HttpContext http, ApiKeyHandler handler, ApiKeyBody body, CancellationToken ct) =>
        {
            var scopes = ScopeWords.Parse(body.Scopes ?? []);
            var result = await handler.HandleAsync(new CreateApiKey(body.Name, scopes, body.Programs ?? [], body.Region, body.Categories, body.ValidDays), http.Actor(), ct);
            // Nobody keeps it: no cache, and no record of answers.
            http.Response.Headers.CacheControl = "no-store";
            return result.ToHttp(k => TypedResults.Json(new CreatedKeyView(k.Row.Id, k.Secret, k.Row.Name, Names.Split(k.Row.Scopes), k.Row.ExpiresAt), statusCode: StatusCodes.Status201Created));
        }).Produces<CreatedKeyView>(201).WithSummary("Makes a key. Its secret is shown only once.");
        group.MapPost("/{id:guid}/revoke", async (HttpContext http, ApiKeyHandler handler, Guid id, CancellationToken ct) =>
            (await handler.HandleAsync(new RevokeApiKey(id), http.Actor(), ct)).ToHttp(_ => TypedResults.NoContent()))
            .Produces(204).WithSummary("Revokes a key. Collectors that were enrolled with it remain.");

        var signing = app.MapApi("/api/v1/signing-keys");
        signing.MapGet("/", (HttpContext http, RotateSigningKeyHandler handler) =>
            handler.List(http.Actor()).ToHttp(keys => TypedResults.Ok(keys.Select(View))))
            .Produces<IEnumerable<SigningKeyView>>().WithSummary("The keys that sign permits, the newest first; for administrators. Everybody finds the public ones at /.well-known/jwks.json.");
        signing.MapPost("/rotate", async (HttpContext http, RotateSigningKeyHandler handler, CancellationToken ct) =>
            (await handler.HandleAsync(http.Actor(), ct)).ToHttp(key => TypedResults.Json(View(key), statusCode: StatusCodes.Status201Created)))
            .Produces<SigningKeyView>(201).WithSummary("Makes the next key that signs permits. It is published at once, and signs when no cached copy of the older list is valid any more.");
        signing.MapPost("/{kid}/withdraw", async (HttpContext http, WithdrawSigningKeyHandler handler, string kid, WithdrawBody body, CancellationToken ct) =>
            (await handler.HandleAsync(new WithdrawSigningKey(kid, body.Reason), http.Actor(), ct)).ToHttp(w => TypedResults.Ok(new WithdrawalView(w.At, w.By, w.Reason))))
            .Produces<WithdrawalView>().WithSummary("Withdraws a signing key that may be compromised: it stops signing, is no longer published, and nothing that it signed is accepted. All collectors renew at once.");
    }

    private static SigningKeyView View(SigningPeriod key) =>
        new(key.Kid, key.MadeAt, key.SignsFrom, key.SignsUntil, key.Withdrawal is { } w ? new(w.At, w.By, w.Reason) : null, key.Jwk);

    private static ApiKeyView View(ApiKeyLine l) => new(
        l.Row.Id, l.Row.Name, Names.Split(l.Row.Scopes), l.Programs, l.Row.Region, Names.Split(l.Row.Categories), l.Row.CreatedByName, l.Row.CreatedAt, l.Row.ExpiresAt, l.Row.RevokedAt, l.Row.LastUsedAt);
}
