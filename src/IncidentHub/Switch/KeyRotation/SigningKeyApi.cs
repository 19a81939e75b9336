using IncidentHub.Domain.Access;
using System.ComponentModel.DataAnnotations;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Switch.KeyRotation;

/// <param name="SignsUntil">Null until a next key is created. Its signatures can be verified permanently.</param>
/// <param name="PublicKey">Also of a withdrawn key, which is not published elsewhere: for examining its old signatures, not for accepting
/// them.</param>
internal sealed record SigningKeyView(string Kid, DateTimeOffset MadeAt, DateTimeOffset SignsFrom, DateTimeOffset? SignsUntil,
    WithdrawalView? Withdrawn, PublicJwk PublicKey)
{
    public static SigningKeyView Of(SigningPeriod key) =>
        new(key.Kid, key.MadeAt, key.SignsFrom, key.SignsUntil, key.Withdrawal is { } w ? new(w.At, w.By, w.Reason) : null, key.Jwk);
}

internal sealed record WithdrawalView(DateTimeOffset At, string By, string Reason);

internal sealed record WithdrawBody([Required] string? Reason);

/// <summary>Signing keys over HTTP.</summary>
internal static class SigningKeyApi
{
    public static void MapSigningKeyApi(this WebApplication app)
    {
        var signing = app.MapApi("/api/v1/signing-keys");
        signing.MapGet("/", List).Requires(Act.RotateSigningKeys).WithSummary(
            "The keys that sign permits, the newest first; for administrators. Everybody finds the public ones at "
                + "/.well-known/jwks.json.");
        signing.MapPost("/rotate", RotateAsync).Requires(Act.RotateSigningKeys).WithSummary(
            "Makes the next key that signs permits. It is published at once, and signs when no cached copy of the older list is valid "
                + "any more.");
        signing.MapPost("/{kid}/withdraw", WithdrawAsync).Requires(Act.RotateSigningKeys).WithSummary(
            "Withdraws a signing key that may be compromised: it stops signing, is no longer published, and nothing that it signed is "
                + "accepted. All collectors renew at once.");
    }

    private static Results<Ok<Page<SigningKeyView>>, Refused> List(HttpContext http, SigningKeyCommands commands) =>
        commands.List(http.Actor()).ToOk(keys => Page<SigningKeyView>.All(keys.Select(SigningKeyView.Of)));

    private static async Task<Results<Created<SigningKeyView>, Refused>> RotateAsync(
        HttpContext http, SigningKeyCommands commands, CancellationToken ct) =>
        (await commands.RotateAsync(http.Actor(), ct)).ToCreated(SigningKeyView.Of);

    private static async Task<Results<Ok<WithdrawalView>, Refused>> WithdrawAsync(
        string kid, WithdrawBody body, HttpContext http, SigningKeyCommands commands, CancellationToken ct) =>
        (await commands.WithdrawAsync(kid, body.Reason, http.Actor(), ct)).ToOk(w => new WithdrawalView(w.At, w.By, w.Reason));
}
