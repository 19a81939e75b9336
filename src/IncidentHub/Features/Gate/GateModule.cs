using IncidentHub.Platform.Jobs;

namespace IncidentHub.Features.Gate;

internal static class GateModule
{
    public static void AddGate(this IServiceCollection services)
    {
        services.AddSingleton<GatePermits>();
        services.AddSingleton<GateEvidence>();
        services.AddSingleton<CheckBatchHandler>();
        services.AddSingleton<DisposeHandler>();
        services.AddSingleton<DispositionFeed>();
        services.AddSingleton<HeldQueries>();
        services.AddTick<DrillTick>(TimeSpan.FromSeconds(5));
    }

    public static void MapGate(this WebApplication app) => app.MapGateApi();
}
