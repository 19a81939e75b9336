using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;

namespace IncidentHub.Switch.KeyRotation;

/// <param name="SignsUntil">Null until a next key is made. What it signed verifies for ever.</param>
/// <param name="PublicKey">Also of a withdrawn key, which is published nowhere else: to look at what it signed once, not to believe
/// it.</param>
internal sealed record SigningKeyView(string Kid, DateTimeOffset MadeAt, DateTimeOffset SignsFrom, DateTimeOffset? SignsUntil,
    WithdrawalView? Withdrawn, PublicJwk PublicKey);

internal sealed record WithdrawalView(DateTimeOffset At, string By, string Reason);

internal sealed record WithdrawBody(string? Reason);

internal static class SigningKeyApi
{
    public static void MapSigningKeyApi(this WebApplication app)
    {
        var signing = app.MapApi("/api/v1/signing-keys");
        signing.MapGet("/", (HttpContext http, RotateSigningKeyHandler handler) =>
            handler.List(http.Actor()).ToHttp(keys => TypedResults.Ok(keys.Select(View))))
            .Produces<IEnumerable<SigningKeyView>>().WithSummary(
                "The keys that sign permits, the newest first; for administrators. Everybody finds the public ones at "
                    + "/.well-known/jwks.json.");
        signing.MapPost("/rotate", async (HttpContext http, RotateSigningKeyHandler handler, CancellationToken ct) =>
            (await handler.HandleAsync(http.Actor(), ct)).ToHttp(key =>
                TypedResults.Json(View(key), statusCode: StatusCodes.Status201Created)))
            .Produces<SigningKeyView>(201)
                .WithSummary(
                "Makes the next key that signs permits. It is published at once, and signs when no cached copy of the older list is valid "
                    + "any more.");
        signing.MapPost("/{kid}/withdraw", async (HttpContext http, WithdrawSigningKeyHandler handler, string kid, WithdrawBody body,
            CancellationToken ct) =>
            (await handler.HandleAsync(new WithdrawSigningKey(kid, body.Reason), http.Actor(), ct))
                .ToHttp(w => TypedResults.Ok(new WithdrawalView(w.At, w.By, w.Reason))))
            .Produces<WithdrawalView>()
                .WithSummary(
                "Withdraws a signing key that may be compromised: it stops signing, is no longer published, and nothing that it signed is "
                    + "accepted. All collectors renew at once.");
    }

    private static SigningKeyView View(SigningPeriod key) =>
        new(key.Kid, key.MadeAt, key.SignsFrom, key.SignsUntil, key.Withdrawal is { } w ? new(w.At, w.By, w.Reason) : null, key.Jwk);
}
