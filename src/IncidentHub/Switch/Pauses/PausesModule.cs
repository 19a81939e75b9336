using Hangfire;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Switch.Pauses;

internal static class PausesModule
{
    public static void AddPauses(this IServiceCollection services)
    {
        services.AddSingleton<StopClock>();
        services.AddSingleton<ClockSteps>();
        services.AddSingleton<StopReports>();
        services.AddSingleton<PauseCommands>();
        services.AddSingleton<StopPopulation>();
        services.AddHostedService(s => s.GetRequiredService<StopPopulation>());
        services.AddSingleton<StagedResume>();
        services.AddSingleton<PauseWriter>();
        services.AddEventHandler<ProgramScopeChanged, PauseWriter>();
        services.AddEventHandler<DatabaseRestored, RestoredSwitches>();
        services.AddSingleton<SwitchConfirmation>();
        services.AddSingleton<CollectorsAhead>();
        services.AddSingleton<PauseReader>();
        services.AddSingleton<StopProofs>();
        services.AddSingleton<StopViolations>();
        services.AddSingleton<PauseCauses>();
        services.AddSingleton<PauseQueries>();
        services.AddSingleton<SwitchProjections>();
        services.AddOptions<StopRowsOptions>().BindConfiguration("Switch")
            .Validate(o => o.StopRowsDays is >= 1 and <= 3650, "Switch:StopRowsDays is between 1 and 3650.").ValidateOnStart();
        services.AddSingleton<StopExport>();
        services.AddTick<PauseTick>();
        services.AddTick<StageTick>();
        services.AddRecurringJob<StopRowsExpiry>("stop-rows", Cron.Hourly(20), Queues.Long);
    }

    public static void MapPauses(this WebApplication app)
    {
        app.MapPauseApi();
        app.MapSwitchConfirmationApi();
    }
}
