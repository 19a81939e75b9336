using IncidentHub.Platform.Jobs;

namespace IncidentHub.Features.Pauses;

internal static class PausesModule
{
    public static void AddPauses(this IServiceCollection services)
    {
        services.AddSingleton<StopClock>();
        services.AddSingleton<PauseConsequences>();
        services.AddSingleton<StagedResume>();
        services.AddSingleton<PauseWriter>();
        services.AddSingleton<PauseReader>();
        services.AddSingleton<StopProofs>();
        services.AddSingleton<PauseCauses>();
        services.AddSingleton<PauseQueries>();
        services.AddSingleton<SwitchProjections>();
        services.AddSingleton<OrderPauseHandler>();
        services.AddSingleton<AnswerProposalHandler>();
        services.AddTick<PauseTick>(TimeSpan.FromSeconds(1));
        services.AddTick<StageTick>(TimeSpan.FromSeconds(1));
    }

    public static void MapPauses(this WebApplication app) => app.MapPauseApi();
}
