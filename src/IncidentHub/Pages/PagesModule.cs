using IncidentHub.Pages.Shell;
using IncidentHub.Pages.SignIn;
using IncidentHub.Platform.Http;

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
        services.AddScoped<SigningOut>();
        services.AddSingleton<IPaletteSource, IncidentPalette>();
        services.AddSingleton<IPaletteSource, ProgramPalette>();
        services.AddSingleton<IPaletteSource, DatasetPalette>();
        services.AddSingleton<IPaletteSource, FlagPalette>();
        return services;
    }

    /// <summary>A path that no page takes is answered with the page that says so. Runs before routing.</summary>
    public static void UseNotFoundPage(this IApplicationBuilder app) => app.UseWhen(
        http => HttpMethods.IsGet(http.Request.Method) && !Problems.IsMachine(http),
        people => people.UseStatusCodePagesWithReExecute("/not-found"));

    public static void MapPages(this WebApplication app)
    {
        app.MapSignInForms();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            // The hub sends a policy of its own.
            o => o.ContentSecurityFrameAncestorsPolicy = null).RequireAuthorization();
    }
}
