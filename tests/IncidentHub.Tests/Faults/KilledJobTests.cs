using Dapper;
using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using Hangfire.Storage.SQLite;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Tests.Faults;

/// <summary>A real hub process that is killed during a job, and one whose job storage was deleted.</summary>
[Collection(nameof(RealProcesses))]
public sealed class KilledJobTests(SharedHub shared)
{
    // A few seconds of work for the job.
    private const int Batches = 60_000;

    [Fact]
    public async Task A_job_whose_hub_is_killed_runs_again_after_the_restart_and_does_its_work_once()
    {
        await using var program = await shared.ProgramAsync();
        await program.CollectorAsync();
        var hub = program.Hub;
        await hub.KillAsync();
        FillRanges(hub, program.Code);
        var id = Trigger(hub, "gate-ranges");

        await hub.StartAgainAsync();
        await Waiting.UntilAsync(() => Ranges(hub, program.Code).Count < Batches * 3 / 4, "the job is in its middle");
        await hub.KillAsync();
        var left = Ranges(hub, program.Code).Count;
        Assert.InRange(left, 2, Batches);
        Assert.Equal(ProcessingState.StateName, States(hub, id)[^1]);

        await hub.StartAgainAsync();
        await Waiting.UntilAsync(() => States(hub, id)[^1] == SucceededState.StateName, "the job has succeeded");
        Assert.Equal([(0, Batches - 1)], Ranges(hub, program.Code));
        Assert.Equal(2, States(hub, id).Count(s => s == ProcessingState.StateName));
        Assert.Single(States(hub, id), s => s == SucceededState.StateName);
    }

    [Fact]
    public async Task A_hub_whose_job_storage_was_deleted_starts_with_all_schedules()
    {
        var hub = await shared.StartedAsync();
        await hub.KillAsync();
        var before = Schedules(hub);
        Assert.Contains("gate-ranges", before);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(hub.DatabaseFile)!, "jobs.db*")) File.Delete(file);
        await hub.StartAgainAsync();
        await hub.KillAsync();
        Assert.Equal(before, Schedules(hub));
    }

    private static string JobsFile(HubProcess hub) => Path.Combine(Path.GetDirectoryName(hub.DatabaseFile)!, "jobs.db");

    // As many batches as a collector sends in weeks, long ago, one after the other.
    private static void FillRanges(HubProcess hub, string program)
    {
        using var connection = Open(hub.DatabaseFile);
        connection.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @Last)
            INSERT INTO GateRange (ProgramId, CollectorId, FirstSequence, LastSequence, BatchId, Digest, Epoch, CheckedAt, IsQuarantined, IsMerged)
            SELECT p.Id, (SELECT MAX(c.Id) FROM Collector c), n.i, n.i, 'b' || n.i, 'd', 1, '2020-01-01T00:00:00.0000000Z', 0, 0
            FROM n JOIN Program p ON p.Code = @Program
            """,
            new { Last = Batches - 1, Program = program });
    }

    private static IReadOnlyList<(int First, int Last)> Ranges(HubProcess hub, string program)
    {
        using var connection = Open(hub.DatabaseFile);
        return connection.Query<(int, int)>(
            "SELECT r.FirstSequence, r.LastSequence FROM GateRange r JOIN Program p ON p.Id = r.ProgramId WHERE p.Code = @Program",
            new { Program = program }).AsList();
    }

    private static IReadOnlyList<string> States(HubProcess hub, string job)
    {
        using var connection = Open(JobsFile(hub));
        return connection.Query<string>("SELECT Name FROM State WHERE JobId = @Id ORDER BY Id", new { Id = int.Parse(job) }).AsList();
    }

    private static string Trigger(HubProcess hub, string schedule)
    {
        using var storage = new SQLiteStorage(JobsFile(hub));
        return new RecurringJobManager(storage).TriggerJob(schedule);
    }

    private static IReadOnlyList<string> Schedules(HubProcess hub)
    {
        using var storage = new SQLiteStorage(JobsFile(hub));
        using var connection = storage.GetConnection();
        return [.. connection.GetRecurringJobs().Select(j => j.Id).Order()];
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }
}
