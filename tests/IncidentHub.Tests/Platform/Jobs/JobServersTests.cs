using System.Collections.Concurrent;
using System.Diagnostics;
using Hangfire;
using Hangfire.Common;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Jobs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IncidentHub.Tests.Platform.Jobs;

/// <summary>Two servers, as two nodes have them, on one job storage.</summary>
public class JobServersTests
{
    private const int Enough = 6;

    [Fact]
    public async Task Two_servers_on_one_SQL_Server_storage_run_each_due_recurring_job_once()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(TestEngine.SqlServer), "INCIDENTHUB_TEST_SQLSERVER names no server.");
        Assert.SkipWhen(TestEngine.Current != Engine.SqlServer, "This is the run on SQLite; the run on SQL Server follows.");
        var database = TestServerDatabase.Create();
        try
        {
            var options = new DatabaseOptions { Provider = Engine.SqlServer, ConnectionString = database.ConnectionString };
            var connections = new Connections(Options.Create(options));
            using var file = new DatabaseLock(connections, Options.Create(options), NullLogger<DatabaseLock>.Instance);
            using var first = new JobStore(connections, file);
            using var second = new JobStore(connections, file);
            var job = new Job(typeof(CountedJob), typeof(CountedJob).GetMethod(nameof(DurableJob.RunAsync)), CancellationToken.None);
            new RecurringJobManager(first.Storage).AddOrUpdate("counted", job, "* * * * * *");
            using (var one = Server(first.Storage))
            using (var other = Server(second.Storage))
            {
                await Waiting.UntilAsync(() => CountedJob.Runs.Count >= Enough, $"the job has run {Enough} times");
            }
            using var connection = first.Storage.GetConnection();
            var done = first.Storage.GetMonitoringApi().SucceededJobs(0, 1_000)
                .Select(j => connection.GetJobParameter(j.Key, "Time")).ToList();
            Assert.Equal(done.Distinct().Count(), done.Count);
            Assert.True(CountedJob.Runs.Count <= done.Count + 1, $"{CountedJob.Runs.Count} runs of {done.Count} jobs");
            Assert.False(CountedJob.Overlapped);
        }
        finally
        {
            database.Drop();
        }
    }

    private static BackgroundJobServer Server(JobStorage storage) =>
        new(new BackgroundJobServerOptions { WorkerCount = 2, SchedulePollingInterval = TimeSpan.FromSeconds(1) }, storage);

    internal sealed class CountedJob : DurableJob
    {
        private static int _running;

        public static ConcurrentQueue<long> Runs { get; } = [];

        public static bool Overlapped { get; private set; }

        public override async Task RunAsync(CancellationToken ct)
        {
            Overlapped |= Interlocked.Increment(ref _running) > 1;
            Runs.Enqueue(Stopwatch.GetTimestamp());
            await Task.Yield();
            Interlocked.Decrement(ref _running);
        }
    }
}
