using Hangfire;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Access.Jobs;

/// <summary>The job server's page, read-only, and the commands on its jobs.</summary>
internal static class FailedJobsModule
{
    private const string Dashboard = "/jobs";
    private const int AskAgainMs = 5_000;

    public static void AddFailedJobs(this IServiceCollection services)
    {
        services.AddSingleton<FailedJobs>();
        services.Configure<PackagePages>(p => p.Styles[Dashboard] = "sha256-z7zcnw/4WalZqx+PrNaRnoeLz/G9WXuFqV1WCJ129sg=");
    }

    public static void MapJobs(this WebApplication app)
    {
        // The policy decides who may see it; retrying a job is a command of the hub, which is recorded.
        var dashboard = new DashboardOptions
        {
            Authorization = [],
            IsReadOnlyFunc = _ => true,
            DisplayStorageConnectionString = false,
            DashboardTitle = "IncidentHub jobs",
            AppPath = $"{app.Services.GetRequiredService<PublicAddress>().PathBase}/",
            StatsPollingInterval = AskAgainMs,
        };
        app.MapHangfireDashboard(Dashboard, dashboard).Requires(Act.ReadJobs);

        var group = app.MapApi("/api/v1/jobs");
        group.MapGet("/failed", List).Requires(Act.ReadJobs)
            .WithSummary("Background jobs that failed as often as they may, the last one made first; for administrators.");
        group.MapPost("/{id}/requeue", RequeueAsync).Requires(Act.RequeueJob)
            .WithSummary("Has a failed job tried again. Recorded in the audit log; for administrators.");
    }

    private static Results<Ok<Page<FailedJob>>, Refused> List(HttpContext http, FailedJobs jobs, string? cursor, int? limit) =>
        jobs.List(cursor, limit, http.Actor()).ToOk();

    private static async Task<Results<Ok<FailedJob>, Refused>> RequeueAsync(
        string id, HttpContext http, FailedJobs jobs, CancellationToken ct) => (await jobs.RequeueAsync(id, http.Actor(), ct)).ToOk();
}
