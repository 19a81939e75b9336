namespace IncidentHub.Features.Pauses;

internal static class PausesModule
{
    public static void AddPauses(this IServiceCollection services)
    {
        services.AddSingleton<StopClock>();
        services.AddSingleton<PauseConsequences>();
        services.AddSingleton<PauseWriter>();
        services.AddSingleton<PauseReader>();
    }
}
