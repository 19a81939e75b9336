using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// The addresses of the sign-in with providers. The one that a provider sends people back to is taken by the framework's handler
/// (<see cref="ProviderScheme"/>).
/// </summary>
internal static class ProviderEndpoints
{
    public static void Map(WebApplication app)
    {
        var group = app.MapGroup("/sign-in/oidc/{provider}").ExcludeFromDescription();
        group.MapPost("/start", StartAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute());
        group.MapPost("/link", LinkAsync).Requires(Act.ManageOwnAccount).WithMetadata(new RequireAntiforgeryTokenAttribute());
        group.MapPost("/back-channel-logout", BackChannelAsync).AllowAnonymous().DisableAntiforgery();
        group.MapGet("/front-channel-logout", FrontChannelAsync).AllowAnonymous();
    }

    private static async Task<IResult> StartAsync(HttpContext http, string provider, IOptions<ProvidersSettings> providers,
        ProviderFailures failures)
    {
        if (providers.Value.Find(provider) is not { } found) return Refusal.NotFound("The identity provider").ToHttp();
        if (await SiteForm.ReadAsync(http) is not { } form) return Results.LocalRedirect("~/sign-in?expired=1");
        await ChallengeAsync(http, failures, found, new() { [ProviderScheme.ReturnTo] = form["returnUrl"].ToString() });
        return Results.Empty;
    }

    // For a script of the page, which opens the address of the provider: a form could not show a refusal beside its field.
    private static async Task<IResult> LinkAsync(HttpContext http, string provider, IOptions<ProvidersSettings> providers,
        ProviderFailures failures, OwnConfirmation confirmation)
    {
        if (providers.Value.Find(provider) is not { } found) return Refusal.NotFound("The identity provider").ToHttp();
        if (await SiteForm.ReadAsync(http) is not { } form) return SiteForm.Expired.ToHttp();
        var confirmed = await confirmation.CheckAsync(
            http.Actor(), SessionCookie.SessionId(http.User), form["password"], SignInSource.Of(http), http.RequestAborted);
        if (confirmed.Refusal is { } refused) return refused.ToHttp();
        await ChallengeAsync(http, failures, found, new() { [ProviderScheme.LinkTo] = confirmed.Value.Id.ToString() });
        var location = http.Response.Headers.Location.ToString();
        http.Response.Headers.Remove("Location");
        return Results.Json(new PageToOpen(location), statusCode: StatusCodes.Status200OK);
    }

    private static async Task<IResult> BackChannelAsync(HttpContext http, string provider, IOptions<ProvidersSettings> providers,
        LogoutTokens tokens, ProviderSignOut signOut)
    {
        http.Response.Headers.CacheControl = "no-store";
        var token = http.Request.HasFormContentType
            ? (await http.Request.ReadFormAsync(http.RequestAborted))["logout_token"].ToString() : "";
        if (providers.Value.Find(provider) is not { } found || await tokens.ValidateAsync(found, token) is not { } logout)
            return Refused("The logout token is not valid for this client.");
        return await signOut.EndAsync(logout) ? Results.Ok() : Refused("The logout token was used before.");

        static IResult Refused(string why) => Results.Json(new { error = "invalid_request", error_description = why }, statusCode: 400);
    }

    private static async Task<IResult> FrontChannelAsync(HttpContext http, string provider, IOptions<ProvidersSettings> providers,
        ProviderSignOut signOut, string? iss, string? sid)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (providers.Value.Find(provider) is not { } found) return Refusal.NotFound("The identity provider").ToHttp();
        // A page of the provider loads this in a frame.
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; frame-ancestors {new Uri(found.Authority).GetLeftPart(UriPartial.Authority)}";
        if (string.IsNullOrEmpty(iss) || string.IsNullOrEmpty(sid) || !ProviderTokens.IsIssuer(found, iss))
            return Refusal.Invalid("sid", "Send iss, the issuer that is configured, and sid.").ToHttp();
        await signOut.EndAsync(iss, sid);
        return Results.Content("<!doctype html><title>Signed out</title>", "text/html");
    }

    // Leads to the provider, or to the page that says why not.
    private static async Task ChallengeAsync(HttpContext http, ProviderFailures failures, ProviderSettings provider,
        Dictionary<string, string?> items)
    {
        try
        {
            await http.ChallengeAsync(provider.Scheme, new AuthenticationProperties(items) { RedirectUri = "/" });
        }
        catch (InvalidOperationException e) when (!http.Response.HasStarted)
        {
            // The document of the provider could not be read.
            await failures.RefuseAsync(http, provider, ProviderFailure.Unreachable, e, linking: items.ContainsKey(ProviderScheme.LinkTo));
        }
    }
}
