using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Flags;

internal static class FlagsModule
{
    public static void AddFlags(this IServiceCollection services)
    {
        services.AddOptions<FlagLimits>().BindConfiguration("Flags")
            .Validate(l => l.PerAccount > 0 && l.PerAddress > 0 && l.ReceiptsPerAddress > 0 && l.MegabytesPerHour >= 10,
                "Flags:PerAccount, Flags:PerAddress and Flags:ReceiptsPerAddress are at least 1, "
                    + "Flags:MegabytesPerHour at least 10.").ValidateOnStart();
        services.AddSingleton<FlagLimiter>();
        services.AddSingleton<FlagReader>();
        services.AddSingleton<ISubjects>(s => s.GetRequiredService<FlagReader>());
        services.AddSingleton<FlagFiles>();
        services.AddSingleton<IFileOwner>(s => s.GetRequiredService<FlagFiles>());
        services.AddSingleton<FlagCommands>();
        services.AddSingleton<IFlagDeclaration>(s => s.GetRequiredService<FlagCommands>());
        services.AddSingleton<FlagQueries>();
        services.AddSingleton<FlagRedactable>();
        services.AddSingleton<IHubTexts>(s => s.GetRequiredService<FlagRedactable>());
        services.AddEventHandler<FilesRedacted, FlagRedactable>();
    }

    public static void MapFlags(this WebApplication app) => app.MapFlagApi();
}
