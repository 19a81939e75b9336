using IncidentHub.Access.Identity;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Catalog.Programs;

internal static class ProgramsModule
{
    public static void AddPrograms(this IServiceCollection services)
    {
        services.AddOptions<SwitchLimits>().BindConfiguration("Switch")
            .Validate(l => l.MinTtl >= TimeSpan.FromSeconds(2) && l.MaxTtl >= l.MinTtl && l.MinRenewal > TimeSpan.Zero
                && l.MinRenewal * 2 <= l.MinTtl && l.MaxGracePeriod >= TimeSpan.Zero,
                "Switch: MinTtl is at least 00:00:02 and at most MaxTtl, and at least twice MinRenewal; MaxGracePeriod is not negative.")
            .ValidateOnStart();
        services.AddSingleton<IOwnedPrograms, OwnedPrograms>();
        services.AddSingleton<ProgramPeople>();
        services.AddSingleton<ProgramReader>();
        services.AddSingleton<ProgramCodes>();
        services.AddSingleton<ProgramQueries>();
        services.AddSingleton<ProgramCommands>();
        services.AddSingleton<SafeguardCommands>();
    }

    public static void MapPrograms(this WebApplication app) => app.MapProgramApi();
}
