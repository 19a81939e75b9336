using Hangfire;

namespace IncidentHub.Platform.Jobs;

/// <summary>Configuration section <c>Jobs</c>.</summary>
internal sealed class JobsOptions
{
    /// <summary>Whether this node runs jobs. Where no node does, nothing expires; the switch does not depend on jobs.</summary>
    public bool Run { get; set; } = true;
}

internal static class JobsModule
{
    // A job is told that the hub stops. One that does not listen is abandoned, and runs again after the next start.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // At level Information Hangfire logs every worker; failures are warnings.
        builder.Logging.AddFilter("Hangfire", LogLevel.Warning);
        services.AddOptions<JobsOptions>().BindConfiguration("Jobs");
        services.AddSingleton<JobStore>();
        services.AddSingleton(s => s.GetRequiredService<JobStore>().Storage);
        services.AddHangfire(c => c.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer());
        services.AddHostedService<JobSchedules>();
        services.AddHealthChecks().AddCheck<JobHealth>("jobs");
        if (!builder.Configuration.GetValue("Jobs:Run", true)) return;
        services.AddHangfireServer(o => (o.Queues, o.WorkerCount, o.ShutdownTimeout) = ([Queues.Default], 1, ShutdownTimeout));
        // Only the first server runs schedules and clean-up.
        services.AddHangfireServer(o =>
            (o.Queues, o.WorkerCount, o.IsLightweightServer, o.ShutdownTimeout) = ([Queues.Long], 1, true, ShutdownTimeout));
    }

    /// <summary>Runs <typeparamref name="T"/> at its interval, in this process and without a queue.</summary>
    public static void AddTick<T>(this IServiceCollection services) where T : class, ITick
    {
        services.AddSingleton<T>();
        services.AddHostedService<TickService<T>>();
    }

    /// <summary>Runs <typeparamref name="T"/> by a cron expression, in UTC.</summary>
    public static void AddRecurringJob<T>(this IServiceCollection services, string name, string cron, string queue = Queues.Default)
        where T : DurableJob
    {
        services.AddSingleton<T>();
        services.AddSingleton(new JobSchedule(name, typeof(T), cron, queue));
    }
}
