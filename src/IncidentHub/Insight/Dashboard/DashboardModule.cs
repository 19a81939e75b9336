using Hangfire;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Insight.Dashboard;

internal static class DashboardModule
{
    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<DashboardQueries>();
        services.AddRecurringJob<DashboardRollupJob>("dashboard", Cron.Minutely());
    }
}
