using Hangfire;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Response.Evidence;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.AccessReviews;

internal static class AccessReviewsModule
{
    public static void AddAccessReviews(this IServiceCollection services)
    {
        services.AddSingleton(new AccessReviewPace(long.MaxValue));
        services.AddSingleton<ReviewCommands>();
        services.AddSingleton<ReviewQueries>();
        services.AddEventHandler<IncidentMergedInto, ReviewsOfMergedIncidents>();
        services.AddEventHandler<FilesRedacted, RedactedLogs>();
        services.AddRecurringJob<AccessReviewJob>("access-reviews", Cron.Minutely(), Queues.Long);
    }

    public static void MapAccessReviews(this WebApplication app) => app.MapAccessReviewApi();
}
