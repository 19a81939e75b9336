using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Antiforgery;

namespace IncidentHub.Access.Identity;

/// <summary>
/// What the script of the pages calls (<c>wwwroot/sign-in.js</c>): the browser needs a challenge before, and the hub its answer after, the
/// person's device was asked.
/// </summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this WebApplication app)
    {
        var own = app.MapGroup("/account/passkeys").Requires(Act.ManageOwnAccount);
        AsForm(own.MapPost("/options", async (HttpContext http, PasskeyCommands passkeys) =>
        {
            if (await SiteForm.ReadAsync(http) is not { } form) return SiteForm.Expired.ToHttp();
            return Options(await passkeys.BeginAsync(http, form["name"], form["password"]));
        }));
        AsForm(own.MapPost("/", async (HttpContext http, PasskeyCommands passkeys) =>
        {
            if (await SiteForm.ReadAsync(http) is not { } form) return SiteForm.Expired.ToHttp();
            var added = await passkeys.AddAsync(http, form["credential"].ToString());
            return added.IsOk ? Results.NoContent() : added.Refusal!.ToHttp();
        }));
        AsForm(app.MapPost("/sign-in/passkey/options", async (HttpContext http, PasskeySignIn passkeys) =>
            SiteForm.IsOfThisSite(http) ? Options(await passkeys.BeginAsync(http)) : SiteForm.Expired.ToHttp()).AllowAnonymous());
        AsForm(app.MapPost("/sign-in/passkey", async (HttpContext http, PasskeySignIn passkeys) =>
        {
            if (await SiteForm.ReadAsync(http) is not { } form) return SiteForm.Expired.ToHttp();
            var signedIn = await passkeys.CompleteAsync(http, form["credential"].ToString());
            if (signedIn.Refusal is { } refused) return refused.ToHttp();
            var wanted = form["returnUrl"].ToString();
            return Results.Json(new PageToOpen(http.Request.PathBase
                + (ReturnUrl.IsLocal(wanted) && wanted != "/" ? wanted : FirstPage.Of(signedIn.Value.Roles))));
        }).AllowAnonymous());
    }

    private static void AsForm(RouteHandlerBuilder post) =>
        post.WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();

    private static IResult Options(Result<string> json) =>
        json.IsOk ? Results.Content(json.Value, "application/json") : json.Refusal!.ToHttp();
}
