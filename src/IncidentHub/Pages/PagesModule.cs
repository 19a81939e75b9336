using IncidentHub.Pages.Shell;

namespace IncidentHub.Pages;

internal static class PagesModule
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(o =>
        {
            // Long enough for a suspended computer or a lost network; short enough that idle circuits do not accumulate.
            o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5);
            o.DisconnectedCircuitMaxRetained = 200;
        })
            // The value of a field is sent as one message; a message above the limit would end the connection instead of being refused
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
