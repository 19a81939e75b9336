namespace IncidentHub.Features.Flags;

internal static class FlagsModule
{
    public static void AddFlags(this IServiceCollection services)
    {
        services.AddSingleton<FlagReader>();
        services.AddSingleton<FlagWriter>();
        services.AddSingleton<FlagQueries>();
        services.AddSingleton<FileFlagHandler>();
        services.AddSingleton<TriageFlagHandler>();
        services.AddSingleton<FlagConversationHandler>();
        services.AddSingleton<Ui.Shell.IPaletteSource, FlagPalette>();
    }

    public static void MapFlags(this WebApplication app) => app.MapFlagApi();
}
