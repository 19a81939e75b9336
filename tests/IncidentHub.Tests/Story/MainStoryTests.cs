using System.Diagnostics;
using System.Reflection;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Tests.Story;

/// <summary>The main story over HTTP, with a real hub and the sample agent.</summary>
[Collection(nameof(RealProcesses))]
public sealed class MainStoryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_main_story_runs_from_the_first_flag_to_the_resume()
    {
        Assert.SkipWhen(TestEngine.Current != IncidentHub.Platform.Database.Engine.Sqlite, "Changes the SQLite file by hand.");
        await using var world = await StoryWorld.StartAsync();
        await StoryScript.PlayAsync(world);
        await ToldAsync(world);
        await AuditedAsync(world);
    }

    [Fact]
    public async Task A_hub_killed_at_twenty_random_times_loses_nothing_acknowledged_and_the_story_continues()
    {
        const int seed = 20260618, moments = 20, acts = 38;
        var random = new Random(seed);
        var kills = Enumerable.Range(1, acts).OrderBy(_ => random.Next()).Take(moments)
            .ToDictionary(act => act, _ => TimeSpan.FromMilliseconds(random.Next(0, 60)));
        output.WriteLine(
            $"Seed {seed}; killed at "
                + $"{string.Join(", ", kills.OrderBy(k => k.Key).Select(k => $"act {k.Key} after {k.Value.TotalMilliseconds:0} ms"))}.");
        await using var world = await StoryWorld.StartAsync(kills);
        await StoryScript.PlayAsync(world);
        Assert.Equal(moments, world.Killed);
        await ToldAsync(world);
    }

    /// <summary>Timeline and audit log contain all steps.</summary>
    private static async Task ToldAsync(StoryWorld world)
    {
        var kinds = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await world.ReadAsync("responder", $"/api/v1/incidents/INC-1/timeline?limit=250&cursor={cursor}");
            kinds.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.Text("kind")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        foreach (var (kind, times) in ((string, int)[])[("declared", 1), ("contained", 2), ("reopened", 1), ("resolved", 1), ("note", 1)])
            Assert.Equal(times, kinds.Count(k => k == kind));
        Assert.Contains("pause", kinds);
        Assert.True(kinds.Count(k => k == "decision") >= 14, $"{kinds.Count(k => k == "decision")} entries about the decision.");

        var acts = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await world.ReadAsync("auditor", $"/api/v1/audit?limit=250&cursor={cursor}");
            acts.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.Text("act")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        foreach (var (act, times) in ((string, int)[])
        [
            ("flag.acknowledged", 1), ("incident.declared", 1), ("incident.contained", 2), ("incident.reopened", 1),
                ("incident.resolved", 1), ("decision.opened", 1), ("decision.proposed", 2),
            ("decision.rejected", 1), ("decision.criterion-met", 9), ("decision.approved", 2), ("decision.taken", 1), ("task.closed", 1),
        ])
        {
            Assert.True(
                acts.Count(a => a == act) == times,
                $"{act}: {acts.Count(a => a == act)} times, not {times}. The log: "
                    + $"{string.Join(", ", acts.GroupBy(a => a).Select(g => $"{g.Key} {g.Count()}"))}");
        }
    }

    /// <summary>The verification command succeeds, and fails after one byte was changed manually.</summary>
    private static async Task AuditedAsync(StoryWorld world)
    {
        var (code, said) = await VerifyAsync(world);
        Assert.True(code == 0 && said.StartsWith("OK: ", StringComparison.Ordinal), said);
        await using (var connection = new SqliteConnection($"Data Source={world.Hub.DatabaseFile}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                "UPDATE AuditEntry SET ActorName = replace(ActorName, 'Privacy', 'Privasy') WHERE Act = 'decision.approved' AND ActorName "
                    + "= 'Privacy' RETURNING Sequence";
            var row = await command.ExecuteScalarAsync();
            (code, said) = await VerifyAsync(world);
            Assert.True(code == 1 && said.StartsWith($"FAULT at row {row}:", StringComparison.Ordinal), said);
        }
    }

    private static async Task<(int Code, string Said)> VerifyAsync(StoryWorld world)
    {
        var dll = typeof(HubProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "HubPath").Value!;
        var start = new ProcessStartInfo("dotnet", [dll, "audit", "verify"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath()
        };
        start.Environment["ConnectionStrings__IncidentHub"] = $"Data Source={world.Hub.DatabaseFile}";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }
}
