using System.Diagnostics;
using System.Globalization;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Renewals;
using IncidentHub.Benchmarks.Support;
using IncidentHub.Platform.Database;

namespace IncidentHub.Benchmarks.Backups;

/// <summary>
/// The 500 renewals a second of 10,000 collectors on a database of 500 MB, without and with a backup that runs beside them; and the check
/// that a starting hub makes of such a file.
/// </summary>
internal static class BackupBenchmark
{
    private const int Collectors = 10_000, Rows = 480_000, Needed = 500;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(10), Measured = TimeSpan.FromSeconds(20);

    public static async Task RunAsync()
    {
        var folder = Setup.NewFolder("backup");
        var file = Path.Combine(folder, "hub.db");
        await using (var hub = await HubUnderTest.StartAsync(file))
        {
            var (owner, _) = await hub.AsAsync("owner");
            using var client = owner;
            var fleet = await SimulatedFleet.MakeAsync(hub, client, file, Collectors);
            Fill(file);
            await RenewalBenchmark.RunAsync(hub, fleet, Warm, Needed);
            Say("without a backup", await RenewalBenchmark.RunAsync(hub, fleet, Measured, Needed));
            using var over = new CancellationTokenSource();
            var backups = BackUpAsync(file, over.Token);
            var during = await RenewalBenchmark.RunAsync(hub, fleet, Measured, Needed);
            await over.CancelAsync();
            var (count, said) = await backups;
            Say($"while {count} backups run one after the other", during);
            Console.WriteLine(said);
            await hub.StopAsync();
        }
        var started = Stopwatch.GetTimestamp();
        var fault = SqliteFile.Fault(file);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"   the check at the start, {new FileInfo(file).Length / 1e6:N0} MB: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms"
                + $"{(fault is null ? "" : $", {fault}")}"));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int Count, string Said)> BackUpAsync(string file, CancellationToken over)
    {
        var (count, said) = (0, "");
        while (!over.IsCancellationRequested)
        {
            var target = $"{file}.backup-{++count}";
            (var code, said) = await HubUnderTest.CommandAsync(file, "backup", target);
            if (code != 0) throw new InvalidOperationException(said);
            File.Delete(target);
        }
        return (count, said);
    }

    internal static void Fill(string file)
    {
        using var connection = RowSet.Open(file);
        using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText = $"""
            CREATE TABLE Filler (Id INTEGER PRIMARY KEY, Text TEXT NOT NULL) STRICT;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {Rows})
              INSERT INTO Filler SELECT i, hex(randomblob(500)) FROM n;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        command.ExecuteNonQuery();
    }

    private static void Say(string when, (double Rate, double P50, double P99) r) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"   renewals {when}: {r.Rate:N0} a second, p50 {r.P50:0.0} ms, p99 {r.P99:0.0} ms"));
}
