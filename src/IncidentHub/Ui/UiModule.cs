using IncidentHub.Ui.Kit;
using IncidentHub.Ui.Shell;
using MudBlazor.Services;

namespace IncidentHub.Ui;

internal static class UiModule
{
    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(o =>
        {
            // Long enough for a closed lid or a lost network; short enough that idle circuits do not pile up.
            o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5);
            o.DisconnectedCircuitMaxRetained = 200;
        })
            // What is typed into a field travels as one message; one that is too long would end the connection instead of being refused (see TextField.Longest).
            .AddHubOptions(o => o.MaximumReceiveMessageSize = 512 * 1024);
        services.AddMudServices();
        services.AddScoped<Viewer>();
        services.AddScoped<Toasts>();
        services.AddSingleton<IPaletteSource, IncidentPalette>();
        services.AddSingleton<IPaletteSource, ProgramPalette>();
        services.AddSingleton<IPaletteSource, DatasetPalette>();
        return services;
    }

    public static void MapUi(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
    }
}
