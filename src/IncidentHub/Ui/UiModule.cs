using IncidentHub.Ui.Kit;
using MudBlazor.Services;

namespace IncidentHub.Ui;

internal static class UiModule
{
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddMudServices();
        services.AddSingleton<ThemeStylesheet>();
        services.AddHostedService(s => s.GetRequiredService<ThemeStylesheet>());
        services.AddScoped<Viewer>();
        services.AddScoped<Toasts>();
        return services;
    }

    public static void MapUi(this WebApplication app)
    {
        app.Services.GetRequiredService<ThemeStylesheet>().Map(app);
        app.MapStaticAssets().AllowAnonymous().Add(KeepFonts);
    }

    // A stylesheet refers to a font by a fixed address. The file's name contains its version, so it may be cached permanently and is
    // available at the first paint.
    private static void KeepFonts(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } path } || endpoint.RequestDelegate is not { } serve) return;
        if (!path.StartsWith("fonts/", StringComparison.Ordinal) || !path.EndsWith(".woff2", StringComparison.Ordinal)) return;
        endpoint.RequestDelegate = http =>
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Task.CompletedTask;
            });
            return serve(http);
        };
    }
}
