namespace IncidentHub.Switch.Collectors;

internal static class CollectorsModule
{
    public static void AddCollectors(this IServiceCollection services)
    {
        services.AddSingleton<CollectorAuthentication>();
        services.AddSingleton<CollectorQueries>();
        services.AddSingleton<CollectorCommands>();
    }
}
