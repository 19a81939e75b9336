using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Hangfire;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Jobs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
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
        services.AddEventHandler<DatabaseRestored, RestoredSessions>();
        services.AddSingleton<SessionCookie>();
        services.AddScoped<CircuitHandler, CircuitSession>();
        services.AddLocalAccounts();
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

    private static void AddLocalAccounts(this IServiceCollection services)
    {
        services.AddSingleton<SignInLimiter>();
        services.AddScoped<SampleSignIn>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<Passwords>();
        services.AddScoped<SetUpCommands>();
        services.AddSingleton(s => Administrators.Of(s.GetRequiredService<IConfiguration>(), s.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<LinkedAccounts>();
        services.AddSingleton<PeopleCommands>();
        services.AddSingleton<PeopleQueries>();
        services.AddSingleton<OwnAccountCommands>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<StepCookie>();
        services.AddScoped<OwnConfirmation>();
        services.AddScoped<SecondFactorCommands>();
        services.AddHostedService<SetUpStart>();
        services.AddScoped<IUserStore<LocalAccount>, AccountStore>();
        // The rules of the framework about a password's composition are off: PasswordRules says what counts.
        services.AddIdentityCore<LocalAccount>(o =>
        {
            o.Password.RequiredLength = PasswordRules.Shortest;
            o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = false;
            o.Password.RequireNonAlphanumeric = false;
            o.Lockout.MaxFailedAccessAttempts = SignInRecords.MostFailures;
            o.Lockout.DefaultLockoutTimeSpan = SignInRecords.LockedFor;
        }).AddPasswordValidator<PasswordRules>();
        services.AddPasskeys();
    }

    // The hub's one address is the relying party; a device that does not verify its owner is one factor only, and is not taken.
    private static void AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<PasskeyCommands>();
        services.AddScoped<PasskeySignIn>();
        services.AddScoped<IPasskeyHandler<LocalAccount>, PasskeyHandler<LocalAccount>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((o, address) =>
        {
            o.ServerDomain = address.Url.Host;
            o.UserVerificationRequirement = o.ResidentKeyRequirement = "required";
            o.AttestationConveyancePreference = "none";
            o.AuthenticatorTimeout = StepCookie.Lifetime;
            o.ValidateOrigin = c => ValueTask.FromResult(!c.CrossOrigin && c.Origin == address.Origin);
        });
    }

    /// <summary>
    /// Signing out is a plain endpoint: cookies cannot be set from a live page. In Development an account is sufficient to sign in.
    /// </summary>
    public static void MapIdentity(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            IEndpointConventionBuilder session = app.MapPost("/api/v1/session", async (
                HttpContext http, SampleSignIn samples, SignInRequest request) => string.IsNullOrEmpty(request.Account)
                ? Refusal.Invalid("account", "Name a sample account.").ToHttp()
                : (await samples.SignInAsync(http, request.Account)).IsOk
                    ? Results.NoContent()
                    : Results.Problem("There is no such account.", statusCode: 401))
                .AllowAnonymous().Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(405).ProducesProblem(429)
                .WithTags("Session").WithSummary("Development only: signs in as a sample account and answers with its cookie.");
            session.Finally(OpenApiDocumentation.AddResponses);
        }
        else
        {
            app.MapSetUpApi();
        }
        app.MapPeopleApi();
        app.MapPasskeys();
        app.MapPost("/sign-out", SignOutAsync).WithMetadata(new RequireAntiforgeryTokenAttribute()).AllowAnonymous()
            .ExcludeFromDescription();
    }

    internal sealed record SignInRequest([Required] string? Account);

    // A page of another site cannot sign anybody out. Where nobody is signed in any more, nothing is left to protect.
    private static async Task<IResult> SignOutAsync(HttpContext http, SessionCookie cookie, ProviderSignOut providers)
    {
        if (http.User.Identity?.IsAuthenticated == true && !SiteForm.IsOfThisSite(http)) return SiteForm.Expired.ToHttp();
        var provider = SessionCookie.SessionId(http.User) is { } id ? await providers.ProviderOfAsync(id, http.RequestAborted) : null;
        await cookie.SignOutAsync(http);
        var back = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/sign-in";
        return provider is not null && await providers.EndSessionAddressAsync(provider, back, http.RequestAborted) is { } address
            ? Results.Redirect(address) : Results.LocalRedirect("~/sign-in");
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

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (Problems.IsMachine(context.HttpContext))
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

    private sealed class DemoAccountsStart(Db db, IHostEnvironment environment) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => environment.IsDevelopment()
            ? DemoAccounts.LoadAsync(db, cancellationToken) : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
