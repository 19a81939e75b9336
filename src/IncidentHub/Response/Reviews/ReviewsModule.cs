using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Response.Reviews;

internal static class ReviewsModule
{
    public static void AddReviews(this IServiceCollection services)
    {
        services.AddSingleton<ISharedCauses, SharedCauses>();
        services.AddSingleton<ReviewCommands>();
        services.AddSingleton<ReviewQueries>();
        services.AddSingleton<CauseCommands>();
        services.AddEventHandler<IncidentEnded, ReviewsOfIncidents>();
    }

    public static void MapReviews(this WebApplication app) => app.MapReviewApi();
}
