using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Switch.ApiKeys;

/// <param name="Scopes">Of <c>enrol</c>, <c>gate</c>, <c>evaluate</c>, <c>intake</c>; or of <c>read</c>, <c>write</c>, for a key that acts
/// as its creator.</param>
/// <param name="Programs">Codes; omitted for a key that is not limited to programs.</param>
/// <param name="Networks">In CIDR notation, IPv4 or IPv6; omitted for a key that is usable from everywhere.</param>
/// <param name="MaxCollectors">With <c>enrol</c>: how many collectors may register with it; 10,000 where omitted.</param>
internal sealed record ApiKeyBody(
    [Required] string? Name, [Required] IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Programs, string? Region,
    IReadOnlyList<string>? Categories, int? ValidDays, IReadOnlyList<string?>? Networks, int? MaxCollectors);

/// <param name="OverlapHours">For how long the secret before remains valid, at most 168; 24 where omitted.</param>
/// <param name="ValidDays">From now; omitted: the key expires when it would have.</param>
internal sealed record RotateKeyBody(int? OverlapHours, int? ValidDays);

/// <param name="Key">The new secret; it is not shown again.</param>
/// <param name="OldSecretUntil">Until when the secret before remains valid.</param>
internal sealed record RotatedKeyView(Guid Id, string Key, DateTimeOffset OldSecretUntil, DateTimeOffset ExpiresAt);

/// <param name="Key">The secret; it is not shown again.</param>
internal sealed record CreatedKeyView(Guid Id, string Key, string Name, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <param name="Owner">Who created it.</param>
/// <param name="LastUsedAt">To the minute.</param>
/// <param name="RotatedAt">When it got its present secret; null where that is the first.</param>
/// <param name="OldSecretUntil">Until when the secret before remains valid.</param>
/// <param name="Networks">Empty: usable from everywhere.</param>
/// <param name="MaxCollectors">With <c>enrol</c>.</param>
/// <param name="Enrolled">How many collectors have registered with it.</param>
internal sealed record ApiKeyView(
    Guid Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> Programs, string? Region, IReadOnlyList<string> Categories,
    string Owner, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? RotatedAt, DateTimeOffset? OldSecretUntil, IReadOnlyList<string> Networks, int? MaxCollectors, int? Enrolled)
{
    public static ApiKeyView Of(ApiKeyLine l) => new(
        l.Row.Id, l.Row.Name, Names.Split(l.Row.Scopes), l.Programs, l.Row.Region, Names.Split(l.Row.Categories), l.Row.CreatedByName,
        l.Row.CreatedAt, l.Row.ExpiresAt, l.Row.RevokedAt, l.Row.LastUsedAt, l.Row.RotatedAt, l.Row.OldKeyUntil,
        l.Row.Networks is null ? [] : Names.Split(l.Row.Networks), IsEnrolment(l) ? l.Row.MaxCollectors : null,
        IsEnrolment(l) ? l.Row.Enrolled : null);

    private static bool IsEnrolment(ApiKeyLine l) => l.Row.Granted.HasFlag(Domain.Access.Scopes.Enrol);
}

/// <summary>Keys over HTTP.</summary>
internal static class ApiKeyApi
{
    public static void MapApiKeyApi(this WebApplication app)
    {
        var group = app.MapApi("/api/v1/keys");
        group.MapGet("/", ListAsync).Requires(Act.ReadPrograms, Act.ManageKeys).WithSummary(
            "A program's keys; without a program your own, for administrators all that are tied to no program. Never with their "
                + "secrets.");
        group.MapPost("/", CreateAsync).Requires(Act.MakeOwnKey, Act.ManageKeys).WithSummary("Makes a key. Its secret is shown only once.");
        group.MapPost("/{id:guid}/rotate", RotateAsync).Requires(Act.MakeOwnKey).WithSummary(
            "Gives a key a new secret, which is shown only once and works at once; the one before remains valid for the overlap.");
        group.MapPost("/{id:guid}/revoke", RevokeAsync).Requires(Act.MakeOwnKey, Act.ManageKeys)
            .WithSummary("Revokes a key. Collectors that were enrolled with it remain.");
    }

    private static async Task<Results<Ok<Page<ApiKeyView>>, Refused>> ListAsync(
        HttpContext http, ApiKeyQueries queries, string? program, string? cursor, int? limit, CancellationToken ct) =>
        (await queries.ListAsync(program, cursor, limit, http.Actor(), ct)).ToOk(page => page.Map(ApiKeyView.Of));

    private static async Task<Results<Created<CreatedKeyView>, Refused>> CreateAsync(
        ApiKeyBody body, HttpContext http, ApiKeyCommands commands, CancellationToken ct)
    {
        // An empty limit is a mistake, not «no limit».
        if (new Validation()
            .Check(body.Programs is not { Count: 0 }, "programs",
                "Name a program, or leave this out: the key is then not limited to programs.")
            .Check(body.Categories is null || (body.Categories.Count > 0 && body.Categories.All(c => !string.IsNullOrWhiteSpace(c))),
                "categories", "Name a category, or leave this out: its collectors may then collect all of the programs.")
            .Check(body.Region is null || !string.IsNullOrWhiteSpace(body.Region), "region", "Name a region, or leave this out.")
            .Check(body.Networks is not { Count: 0 }, "networks",
                "Name a network, or leave this out: the key is then usable from everywhere.")
            .ToRefusal() is { } empty) return new Refused(empty);
        var scopes = ScopeWords.Parse(body.Scopes ?? []);
        var command = new CreateApiKey(body.Name, scopes, body.Programs ?? [], body.Region, body.Categories, body.ValidDays)
        {
            Networks = body.Networks,
            MaxCollectors = body.MaxCollectors,
        };
        var created = await commands.CreateAsync(command, http.Actor(), ct);
        http.HoldSecret();
        return created.ToCreated(
            k => new CreatedKeyView(k.Row.Id, k.Secret, k.Row.Name, Names.Split(k.Row.Scopes), k.Row.ExpiresAt));
    }

    private static async Task<Results<Ok<RotatedKeyView>, Refused>> RotateAsync(
        Guid id, RotateKeyBody body, HttpContext http, ApiKeyCommands commands, CancellationToken ct)
    {
        var rotated = await commands.RotateAsync(new(id, body.OverlapHours, body.ValidDays), http.Actor(), ct);
        http.HoldSecret();
        return rotated.ToOk(k => new RotatedKeyView(k.Row.Id, k.Secret, k.Row.OldKeyUntil!.Value, k.Row.ExpiresAt));
    }

    private static async Task<Results<NoContent, Refused>> RevokeAsync(
        Guid id, HttpContext http, ApiKeyCommands commands, CancellationToken ct) =>
        (await commands.RevokeAsync(id, http.Actor(), ct)).ToNoContent();
}
