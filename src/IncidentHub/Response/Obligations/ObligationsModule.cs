using Hangfire;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Obligations;

internal static class ObligationsModule
{
    public static void AddObligations(this IServiceCollection services)
    {
        services.AddSingleton<ObligationCommands>();
        services.AddSingleton<IHubTexts, ObligationTexts>();
        services.AddSingleton<ObligationQueries>();
        services.AddSingleton<ObligationSnapshots>();
        services.AddSingleton<RegimeCommands>();
        services.AddSingleton<CalendarFeeds>();
        services.AddEventHandler<IncidentMergedInto, ObligationsOfMergedIncidents>();
        services.AddRecurringJob<LateObligations>("late-obligations", Cron.Minutely());
    }

    public static void MapObligations(this WebApplication app)
    {
        app.MapObligationApi();
        app.MapRegimeApi();
        app.MapCalendarFeedApi();
    }
}
