using IncidentHub.Domain;
using IncidentHub.Platform.Database;
using Quartz;

namespace IncidentHub.Platform.Jobs;

/// <summary>Something done again and again. Due times live in the feature's own tables: a tick that runs twice, or late, does no harm.</summary>
internal interface ITick
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>Runs a tick where this node holds its lease, so that several nodes do not all do the same work. A SQLite file has one node.</summary>
[DisallowConcurrentExecution]
internal sealed partial class TickJob<T>(T tick, Db db, TimeProvider clock, ILogger<TickJob<T>> log) : IJob where T : ITick
{
    private static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (db.Engine == Engine.Sqlite || await HoldsLeaseAsync(cancellationToken)) await tick.RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, typeof(T).Name);
        }
    }

    private async Task<bool> HoldsLeaseAsync(CancellationToken ct)
    {
        var lease = await db.WriteAsync<bool>(
            async tx =>
            {
                var args = new { typeof(T).Name, Holder = JobsModule.Node(clock), tx.Now, Until = tx.Now + LeaseFor };
                return await tx.ExecuteAsync("JobLease_Take", args) > 0 || await tx.ExecuteAsync("JobLease_Create", args) > 0;
            },
            ct: ct);
        return lease.Value;
    }

    [LoggerMessage(LogLevel.Error, "Tick {Tick} failed; it runs again")]
    private partial void LogFailed(Exception e, string tick);
}

internal static class JobsModule
{
    private static Guid _node;

    /// <summary>This process, in lease rows.</summary>
    public static Guid Node(TimeProvider clock)
    {
        if (_node == Guid.Empty) _node = OrderedId.Next(clock.GetUtcNow());
        return _node;
    }

    public static void AddJobs(this IServiceCollection services)
    {
        services.AddQuartz();
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    /// <summary>Runs <typeparamref name="T"/> every <paramref name="interval"/>.</summary>
    public static void AddTick<T>(this IServiceCollection services, TimeSpan interval) where T : class, ITick
    {
        services.AddSingleton<T>();
        services.AddQuartz(q =>
        {
            var key = new JobKey(typeof(T).Name);
            q.AddJob<TickJob<T>>(j => j.WithIdentity(key));
            q.AddTrigger(t => t.ForJob(key).WithIdentity(typeof(T).Name).StartNow().WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever()));
        });
    }
}
