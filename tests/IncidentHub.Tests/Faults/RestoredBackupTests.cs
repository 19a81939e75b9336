using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Tests.Faults;

/// <summary>The real agent and a hub whose database is restored from a backup that predates a pause.</summary>
[Collection(nameof(RealProcesses))]
public sealed class RestoredBackupTests(SharedHub shared)
{
    [Fact]
    public async Task A_hub_restored_from_a_backup_that_predates_the_pause_is_not_trusted_and_the_agent_reports_why()
    {
        await using var program = await shared.ProgramAsync();
        await using var agent = AgentProcess.Start(program.Hub.Url, await program.KeyAsync(), program.Code);
        await agent.PrintsAsync($"{program.Code} COLLECTING");
        await Waiting.UntilAsync(() => agent.WrittenAt().Count > 0, "the agent writes batches");
        var key = await program.KeyAsync();
        var backup = Backup(program.Hub);
        await program.PauseAsync();
        await agent.PrintsAsync($"{program.Code} STOPPED Paused");
        await agent.PrintsAsync("is confirmed");
        var stopped = BootClock.System.Nanoseconds / 1_000_000;
        var mark = agent.Mark;

        await program.Hub.KillAsync();
        Restore(program.Hub, backup);
        await program.Hub.StartAgainAsync();

        Assert.Contains("STOPPED EpochWentBack", await agent.PrintsAsync($"{program.Code} STOPPED", mark), StringComparison.Ordinal);
        // The hub itself has lost the pause: it issues permits to new collectors.
        Assert.Empty((await (await program.AsAsync("owner")).ReadAsync($"/api/v1/programs/{program.Code}/pauses"))
            .GetProperty("items").EnumerateArray());
        Assert.NotNull((await (await program.CollectorAsync(key)).AskAsync()).Token);
        Assert.DoesNotContain(agent.WrittenAt(), at => at > stopped);

        // A new pause is an order like any other: from then on the epochs of the restored hub are as high as those that the agent has seen.
        await program.PauseAsync();
        await agent.PrintsAsync($"{program.Code} STOPPED Paused", mark);
    }

    // Like an operator's backup: online, from the running hub.
    private static string Backup(HubProcess hub)
    {
        var file = hub.DatabaseFile + ".backup";
        using var from = new SqliteConnection($"Data Source={hub.DatabaseFile};Pooling=False");
        using var to = new SqliteConnection($"Data Source={file};Pooling=False");
        from.Open();
        from.BackupDatabase(to);
        return file;
    }

    private static void Restore(HubProcess hub, string backup)
    {
        foreach (var file in (string[])[hub.DatabaseFile, hub.DatabaseFile + "-wal", hub.DatabaseFile + "-shm"]) File.Delete(file);
        File.Move(backup, hub.DatabaseFile);
    }
}
