using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Hangfire;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Jobs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

internal static class IdentityModule
{
    private const int MaxName = 200;

    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddOptions<IdentitySettings>().BindConfiguration("Identity")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentitySettings>, IdentitySettingsValidation>();
        services.AddSingleton<People>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<SessionChanges>();
        services.AddSingleton<SessionCookie>();
        services.AddScoped<CircuitHandler, CircuitSession>();
        services.AddHostedService<SessionWatch>();
        services.AddRecurringJob<SessionExpiry>("sessions", Cron.Daily());
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            o.SlidingExpiration = false;
            // Signing in always creates a cookie, also where the request carries a key.
            o.ForwardSignIn = o.ForwardSignOut = CookieAuthenticationDefaults.AuthenticationScheme;
            o.Events.OnRedirectToLogin = c => Answer(c, StatusCodes.Status401Unauthorized);
            o.Events.OnRedirectToAccessDenied = c => Answer(c, StatusCodes.Status403Forbidden);
            o.Events.OnValidatePrincipal = c => c.HttpContext.RequestServices.GetRequiredService<SessionCookie>().ValidateAsync(c);
        });
        services.ProtectCookie(CookieAuthenticationDefaults.AuthenticationScheme, "incidenthub");
        // The session ends the cookie, not the other way round.
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IOptions<IdentitySettings>>((o, settings) => o.ExpireTimeSpan = settings.Value.SessionLifetime);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddHostedService<DemoAccountsStart>();
    }

    /// <summary>
    /// Sign-in and sign-out as plain endpoints: cookies cannot be set from a live page. In Development an account is sufficient; otherwise
    /// this kind of sign-in is not available.
    /// </summary>
    public static void MapIdentity(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            // The content type distinguishes it from the page of the same path, which takes POST as well.
            app.MapPost("/sign-in", SubmitAsync).Accepts<SignInRequest>("application/x-www-form-urlencoded")
                .WithMetadata(new RequireAntiforgeryTokenAttribute()).AllowAnonymous().ExcludeFromDescription();
            IEndpointConventionBuilder session = app.MapPost("/api/v1/session", async (
                HttpContext http, People people, SessionCookie cookie, SignInRequest request) => string.IsNullOrEmpty(request.Account)
                ? Refusal.Invalid("account", "Name a sample account.").ToHttp()
                : await SignInAsync(http, people, cookie, request.Account) is not null
                    ? Results.NoContent()
                    : Results.Problem("There is no such account.", statusCode: 401))
                .AllowAnonymous().Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(405).ProducesProblem(429)
                .WithTags("Session").WithSummary("Development only: signs in as a sample account and answers with its cookie.");
            session.Finally(OpenApiDocumentation.AddResponses);
        }
        app.MapPost("/sign-out", SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).AllowAnonymous()
            .ExcludeFromDescription();
    }

    internal sealed record SignInRequest([Required] string? Account);

    private static async Task<IResult> SubmitAsync(HttpContext http, People people, SessionCookie cookie)
    {
        // A form that was open for too long, or that cannot be read, is shown again.
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
            return Results.LocalRedirect("~/sign-in?expired=1");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var returnUrl = form["returnUrl"].ToString();
        return await SignInAsync(http, people, cookie, form["account"].ToString()) is { } person
            ? Results.LocalRedirect("~" + (IsLocal(returnUrl) && returnUrl != "/" ? returnUrl : FirstPage(person.Roles)))
            : Results.LocalRedirect("~/sign-in?unknown=1");
    }

    // A page of another site cannot sign anybody out. Where nobody is signed in any more, nothing is left to protect.
    private static async Task<IResult> SignOutAsync(HttpContext http, SessionCookie cookie)
    {
        if (http.User.Identity?.IsAuthenticated == true && http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
            return Refusal.Invalid("form", "The form was open for too long, or is not of this site. Load the page and try again.").ToHttp();
        await cookie.SignOutAsync(http);
        return Results.LocalRedirect("~/sign-in");
    }

    /// <summary>A person at a browser.</summary>
    internal static ClaimsPrincipal ToPrincipal(this Person person, Guid sessionId) => new(new ClaimsIdentity(
        [new(Principals.PersonId, person.Id.ToString()), new("name", person.DisplayName), new("roles", person.Roles.ToString()),
            new(Principals.SessionId, sessionId.ToString())],
        CookieAuthenticationDefaults.AuthenticationScheme, "name", "role"));

    /// <summary>
    /// A person who acts through an API key of their own: with their current roles, and the key's name in every record of the act.
    /// </summary>
    internal static ClaimsPrincipal ToPrincipal(this Person person, string keyName, string scheme)
    {
        var name = $"{person.DisplayName} (key {keyName})";
        return new(new ClaimsIdentity(
            [new(Principals.PersonId, person.Id.ToString()), new("name", TextRules.Cut(name, MaxName)),
                new("roles", person.Roles.ToString()), new(Principals.ThroughKey, "1")],
            scheme, "name", "role"));
    }

    /// <summary>Executives start on the dashboard, everybody else on Home.</summary>
    internal static string FirstPage(Roles roles) => roles.HasFlag(Roles.Executive) ? "/dashboard" : "/";

    private static async Task<Person?> SignInAsync(HttpContext http, People people, SessionCookie cookie, string account)
    {
        var person = account.Length is > 0 and <= 200 ? await people.FindByAccountAsync(account, http.RequestAborted) : null;
        if (person is not { IsActive: true }) return null;
        return (await cookie.SignInAsync(http, person, SessionOrigin.Sample)).IsOk ? person : null;
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            return Results.Problem(
                status == 401 ? "Sign in first, or send a key." : "Your role does not allow this.", statusCode: status,
                extensions: new Dictionary<string, object?> { ["code"] = status == 401 ? "unauthenticated" : "forbidden" })
                    .ExecuteAsync(context.HttpContext);
        }
        var asked = context.Request.Path.ToUriComponent() + context.Request.QueryString;
        context.Response.Redirect(status == 401 ? $"~/sign-in?returnUrl={Uri.EscapeDataString(asked)}" : "~/denied");
        return Task.CompletedTask;
    }

    // The hub's own addresses are percent-encoded.
    private static bool IsLocal(string url) => url is ['/', ..] && url.All(c => c is > ' ' and < '\x7f')
        && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal);

    private sealed class DemoAccountsStart(Db db, IHostEnvironment environment) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => environment.IsDevelopment()
            ? DemoAccounts.LoadAsync(db, cancellationToken) : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
