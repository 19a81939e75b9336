namespace IncidentHub.Features.Decisions;

internal static class DecisionsModule
{
    public static void AddDecisions(this IServiceCollection services)
    {
        services.AddSingleton<DecisionWriter>();
    }
}
