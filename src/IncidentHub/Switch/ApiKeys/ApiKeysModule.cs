using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace IncidentHub.Switch.ApiKeys;

internal static class ApiKeysModule
{
    public static void AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<MachineClients>();
        services.AddSingleton<ApiKeyAuthentication>();
        services.AddSingleton<KeyRateLimiter>();
        services.AddSingleton<ApiKeyCommands>();
        services.AddSingleton<ApiKeyQueries>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OwnerScheme>(OwnerScheme.Name, null);
        services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, o =>
            o.ForwardDefaultSelector = http => OwnerScheme.IsFor(http) ? OwnerScheme.Name : null);
    }

    public static void MapApiKeys(this WebApplication app) => app.MapApiKeyApi();
}
