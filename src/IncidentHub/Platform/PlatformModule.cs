using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;
using IncidentHub.Platform.Live;
using IncidentHub.Platform.Telemetry;
using Microsoft.Extensions.Configuration.Memory;

namespace IncidentHub.Platform;

/// <summary>Registers everything that the features depend on; names no feature.</summary>
internal static class PlatformModule
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment()) builder.Logging.AddJsonConsole(o => o.IncludeScopes = true);
        // Below everything that is configured.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", "Warning")],
        });
        // Paths hold codes, query strings hold what somebody searched for, and both say who asked for what, also of those who stay
        // anonymous. Neither is logged, also not as the scope of other lines.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.AddStart();
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddKeys(builder.Configuration);
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddSingleton(services =>
            new RenderThrottle(services.GetRequiredService<TimeProvider>(), RenderThrottle.HalfOfTheProcessors));
        builder.Services.AddSingleton<CommitFeed>();
        builder.Services.AddSingleton<NodeWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NodeWatch>());
        builder.Services.AddTick<NodeChangeExpiry>();
        builder.Services.AddCircuitLimit();
        builder.Services.AddSingleton<ISubjectVisibility, SubjectVisibility>();
        builder.Services.AddSingleton<TimelineReader>();
        builder.AddJobs();
        builder.AddPublicAddress();
        builder.AddHttp();
        builder.AddTelemetry();
    }

    /// <summary>
    /// The order matters: response headers before anything that answers, the public address before anything that reads path, host or
    /// client, correlation before anything that logs, problem details before anything that throws, authentication before anything that
    /// needs the signed-in person.
    /// </summary>
    /// <param name="beforeRoutes">Runs for every request before routing.</param>
    public static void UsePlatform(this WebApplication app, Action<IApplicationBuilder>? beforeRoutes = null)
    {
        app.UseMiddleware<ResponseHeadersMiddleware>();
        app.UsePublicAddress();
        app.UseMiddleware<CircuitShutdownMiddleware>();
        app.UseMiddleware<CorrelationMiddleware>();
        app.UseMiddleware<HeadMiddleware>();
        app.UseProblems();
        beforeRoutes?.Invoke(app);
        app.UseCharsets();
        app.UseRequestCodings(HttpModule.MaxRequest);
        app.UseRouting();
        app.UseMiddleware<UnknownRoutesMiddleware>();
        app.UseResponseCodings();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<CircuitLimitMiddleware>();
        app.UseAntiforgery();
        app.UseMiddleware<QueryParametersMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();
    }
}
