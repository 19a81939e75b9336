using IncidentHub.Platform.Jobs;

namespace IncidentHub.Decisions;

internal static class DecisionsModule
{
    public static void AddDecisions(this IServiceCollection services)
    {
        services.AddSingleton<DecisionWriter>();
        services.AddSingleton<DecisionFacts>();
        services.AddSingleton<DecisionEffects>();
        services.AddSingleton<ChangeDecisionHandler>();
        services.AddSingleton<DecisionReader>();
        services.AddSingleton<DecisionQueries>();
        services.AddSingleton<ProposalReader>();
        services.AddTick<DecisionTick>(TimeSpan.FromSeconds(5));
    }

    public static void MapDecisions(this WebApplication app) => app.MapDecisionApi();
}
