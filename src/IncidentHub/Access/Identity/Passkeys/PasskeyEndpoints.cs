using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Antiforgery;

namespace IncidentHub.Access.Identity;

/// <summary>
/// What the script of the pages calls (<c>wwwroot/passkeys.js</c>): the browser needs a challenge before, and the hub its answer after, the
/// person's device was asked.
/// </summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this WebApplication app)
    {
        var own = app.MapGroup("/account/passkeys").Requires(Act.ManageOwnAccount);
        AsForm(own.MapPost("/options", async (HttpContext http, PasskeyCommands passkeys) =>
        {
            if (await FormAsync(http) is not { } form) return Expired;
            return Options(await passkeys.BeginAsync(http, form["name"], form["password"]));
        }));
        AsForm(own.MapPost("/", async (HttpContext http, PasskeyCommands passkeys) =>
        {
            if (await FormAsync(http) is not { } form) return Expired;
            var added = await passkeys.AddAsync(http, form["credential"].ToString());
            return added.IsOk ? Results.NoContent() : added.Refusal!.ToHttp();
        }));
        AsForm(app.MapPost("/sign-in/passkey/options", async (HttpContext http, PasskeySignIn passkeys) =>
            await FormAsync(http) is null ? Expired : Options(await passkeys.BeginAsync(http))).AllowAnonymous());
        AsForm(app.MapPost("/sign-in/passkey", async (HttpContext http, PasskeySignIn passkeys) =>
        {
            if (await FormAsync(http) is not { } form) return Expired;
            var signedIn = await passkeys.CompleteAsync(http, form["credential"].ToString());
            if (signedIn.Refusal is { } refused) return refused.ToHttp();
            var wanted = form["returnUrl"].ToString();
            return Results.Json(new Opened(http.Request.PathBase
                + (ReturnUrl.IsLocal(wanted) && wanted != "/" ? wanted : FirstPage.Of(signedIn.Value.Roles))));
        }).AllowAnonymous());
    }

    private static IResult Expired => Refusal.Invalid(
        "form", "The page was open for too long, or is not of this site. Load it and try again.").ToHttp();

    private static void AsForm(RouteHandlerBuilder post) =>
        post.WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();

    // Null: not a form of this site.
    private static async Task<IFormCollection?> FormAsync(HttpContext http) =>
        http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
            ? await http.Request.ReadFormAsync(http.RequestAborted) : null;

    private static IResult Options(Result<string> json) =>
        json.IsOk ? Results.Content(json.Value, "application/json") : json.Refusal!.ToHttp();

    /// <param name="Location">The page to open.</param>
    private sealed record Opened(string Location);
}
