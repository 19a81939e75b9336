namespace IncidentHub.Insight.Home;

internal static class HomeModule
{
    public static void AddHome(this IServiceCollection services)
    {
        services.AddSingleton<InboxQueries>();
        services.AddSingleton<HomeQueries>();
    }
}
