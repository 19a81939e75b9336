using Hangfire;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Jobs;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>The identity providers of the company: sign-in of people, and tokens of machines.</summary>
internal static class ProvidersModule
{
    public static void AddIdentityProviders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProvidersSettings>().BindConfiguration("Identity").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProvidersSettings>, ProviderSettingsValidation>();
        services.AddHttpClient(ProviderDiscovery.Client, c => c.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<ProviderDiscovery>();
        services.AddSingleton<ProviderFailures>();
        services.AddSingleton<ProviderSignIn>();
        services.AddSingleton<ProviderSignOut>();
        services.AddSingleton<LogoutTokens>();
        services.AddSingleton<MachineTokens>();
        services.AddSingleton<MappingCommands>();
        services.AddSingleton<MappingQueries>();
        services.AddRecurringJob<LogoutTokenExpiry>("logout-tokens", Cron.Daily());

        var providers = configuration.GetSection("Identity").Get<ProvidersSettings>()?.Providers ?? [];
        // What is wrong with them is said at the start.
        foreach (var provider in providers.DistinctBy(p => p.Name)) services.AddProvider(provider);
    }

    private static void AddProvider(this IServiceCollection services, ProviderSettings provider)
    {
        services.AddAuthentication().AddOpenIdConnect(provider.Scheme, provider.Label, _ => { });
        services.AddOptions<OpenIdConnectOptions>(provider.Scheme)
            .Configure<TimeProvider, PublicAddress>((o, clock, address) => ProviderScheme.Configure(o, provider, address.IsHttps, clock));
        // The buttons of the sign-in and of the sign-out are forms that lead there.
        if (Uri.TryCreate(provider.Authority, UriKind.Absolute, out var authority))
            services.Configure<PackagePages>(o => o.FormTargets.Add(authority.GetLeftPart(UriPartial.Authority)));
        if (provider.Machines.Count == 0) return;
        services.AddAuthentication().AddJwtBearer(provider.MachineScheme, _ => { });
        services.AddOptions<JwtBearerOptions>(provider.MachineScheme).Configure<TimeProvider, ProviderDiscovery>((o, clock, discovery) =>
        {
            o.TokenValidationParameters = ProviderTokens.Parameters(provider, clock);
            o.TokenValidationParameters.ValidAudiences = [.. provider.Machines.Select(m => m.Audience).Distinct()];
            // An access token, not one that says who signed in: those are of another audience, too.
            o.TokenValidationParameters.ValidTypes = ["at+jwt", "application/at+jwt", "JWT"];
            o.ConfigurationManager = discovery.Of(provider);
            o.RequireHttpsMetadata = provider.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            o.MapInboundClaims = false;
            o.SaveToken = false;
        });
    }

    public static void MapIdentityProviders(this WebApplication app)
    {
        ProviderEndpoints.Map(app);
        app.MapMappingApi();
    }
}
