using IncidentHub.Pages.Shell;

namespace IncidentHub.Pages;

internal static class PagesModule
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(o =>
        {
            // Long enough for a closed lid or a lost network; short enough that idle circuits do not pile up.
            o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5);
            o.DisconnectedCircuitMaxRetained = 200;
        })
            // What is typed into a field travels as one message; one that is too long would end the connection instead of being refused
            // (see TextField.Longest).
            .AddHubOptions(o => o.MaximumReceiveMessageSize = 512 * 1024);
        services.AddSingleton<IPaletteSource, IncidentPalette>();
        services.AddSingleton<IPaletteSource, ProgramPalette>();
        services.AddSingleton<IPaletteSource, DatasetPalette>();
        services.AddSingleton<IPaletteSource, FlagPalette>();
        return services;
    }

    public static void MapPages(this WebApplication app) =>
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
}
