using Hangfire;
using IncidentHub.Platform.Jobs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace IncidentHub.Features.ApiKeys;

internal static class ApiKeysModule
{
    public static void AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyAuthentication>();
        services.AddSingleton<FailedKeys>();
        services.AddSingleton<ApiKeyHandler>();
        services.AddSingleton<ApiKeyQueries>();
        services.AddSingleton<RotateSigningKeyHandler>();
        services.AddSingleton<WithdrawSigningKeyHandler>();
        services.AddHostedService<SigningKeyKeeper>();
        services.AddRecurringJob<SigningKeyRotation>("key-rotation", Cron.Hourly(30));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OwnerScheme>(OwnerScheme.Name, null);
        services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, o => o.ForwardDefaultSelector = http => OwnerScheme.IsFor(http) ? OwnerScheme.Name : null);
    }

    public static void MapApiKeys(this WebApplication app) => app.MapApiKeyApi();
}
