using Hangfire;
using IncidentHub.Platform.Jobs;

namespace IncidentHub.Features.Dashboard;

internal static class DashboardModule
{
    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<DashboardQueries>();
        services.AddRecurringJob<DashboardKeeper>("dashboard", Cron.Minutely());
    }
}
