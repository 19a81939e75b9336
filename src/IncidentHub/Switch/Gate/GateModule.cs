using Hangfire;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Switch.Gate;

internal static class GateModule
{
    public static void AddGate(this IServiceCollection services)
    {
        services.AddSingleton<GatePermits>();
        services.AddSingleton<GateEvidence>();
        services.AddSingleton<CheckBatchHandler>();
        services.AddSingleton<DisposeQuarantinedHandler>();
        services.AddSingleton<DispositionFeed>();
        services.AddSingleton<QuarantineQueries>();
        services.AddSingleton<ViolationQueries>();
        services.AddSingleton<AcknowledgeViolationHandler>();
        services.AddOptions<GateOptions>().BindConfiguration("Switch")
            .Validate(o => o.GateRowsDays is >= 1 and <= 3650, "Switch:GateRowsDays is between 1 and 3650.").ValidateOnStart();
        services.AddTick<DrillTick>();
        services.AddRecurringJob<GateRangeUpkeep>("gate-ranges", Cron.Hourly(10), Queues.Long);
    }

    public static void MapGate(this WebApplication app)
    {
        app.MapGateApi();
        app.MapViolationApi();
    }
}
