using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Queries;

/// <summary>
/// The same reads over HTTP at 2,000 incidents (20,000 timeline entries) and at 200,000 (2,000,000): p95 and growth. BENCHMARK_INCIDENTS
/// sets another size of the large set, for development.
/// </summary>
internal static class QueryBenchmark
{
    private const int Few = 2_000;
    private static readonly int Many = int.TryParse(Environment.GetEnvironmentVariable("BENCHMARK_INCIDENTS"), out var many)
        ? many : 200_000;
    private const int Times = 150;
    private const int Rounds = 3;

    private static readonly (string Name, string Path)[] Reads =
    [
        ("list, newest", "/api/v1/incidents"),
        ("open", "/api/v1/incidents?status=Open"),
        ("closed", "/api/v1/incidents?status=Closed"),
        ("by SEV", "/api/v1/incidents?sev=2"),
        ("by program", "/api/v1/incidents?program=BENCH"),
        ("SEV and program", "/api/v1/incidents?sev=1&program=BENCH"),
        ("SEV that is closed", "/api/v1/incidents?sev=1&status=Closed"),
        ("open of a SEV", "/api/v1/incidents?sev=1&status=Open"),
        ("search, common word", "/api/v1/incidents?q=transcripts"),
        ("search, rare word", "/api/v1/incidents?q=rare0021"),
        ("search, in a few hundred", "/api/v1/incidents?q=rare004"),
        ("search, prefix", "/api/v1/incidents?q=trans"),
        ("search, no hit", "/api/v1/incidents?q=zebra"),
        ("search, two words", "/api/v1/incidents?q=transcripts%20rare004"),
        ("mine", "/api/v1/incidents?mine=true"),
        ("one incident", "/api/v1/incidents/INC-1500"),
        ("its timeline", "/api/v1/incidents/INC-1500/timeline"),
        ("dashboard", "/api/v1/dashboard"),
        ("dashboard, a year", "/api/v1/dashboard?period=year"),
    ];

    public static async Task RunAsync()
    {
        var few = await MeasureAsync(Few);
        var many = await MeasureAsync(Many);
        Console.WriteLine($"   {"p95, ms",-24} {Few,10:N0} {Many,10:N0}   growth");
        foreach (var (name, _) in Reads)
        {
            Console.WriteLine(
                string.Create(
                CultureInfo.InvariantCulture, $"   {name,-24} {few[name],10:0.0} {many[name],10:0.0}   {many[name] / few[name]:0.00}"));
        }
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture,
            $"   worst p95 {many.Values.Max():0.0} ms (goal: under 100); worst growth {Reads.Max(r => many[r.Name] / few[r.Name]):0.00} "
                + $"(goal: under 2)"));
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(int incidents)
    {
        var folder = Setup.NewFolder("queries");
        var file = Path.Combine(folder, "hub.db");
        var clock = Stopwatch.StartNew();
        await History.FillAsync(file, incidents);
        Console.WriteLine(
            $"   {incidents:N0} incidents made in {clock.Elapsed.TotalSeconds:N0} s, {new FileInfo(file).Length / 1_000_000:N0} MB");
        await using var hub = await HubUnderTest.StartAsync(file);
        var (client, _) = await hub.AsAsync("responder");
        await CountedAsync(client);
        // Warm-up: every query runs once before any is measured; otherwise JIT compilation would count against the small set, which runs
        // first.
        foreach (var (_, path) in Reads) await TimesAsync(client, await PathsAsync(client, path), 60);
        var result = new Dictionary<string, double>();
        foreach (var (name, path) in Reads)
        {
            var paths = await PathsAsync(client, path);
            await TimesAsync(client, paths, 30);
            // The best of three rounds, because other processes use the machine and the times are a few milliseconds.
            for (var round = 0; round < Rounds; round++)
            {
                var p95 = (await TimesAsync(client, paths, Times))[(int)(Times * 0.95)];
                result[name] = Math.Min(result.GetValueOrDefault(name, double.MaxValue), p95);
            }
        }
        client.Dispose();
        if (Environment.GetEnvironmentVariable("BENCHMARK_KEEP") is null)
            Directory.Delete(folder, recursive: true);
        else Console.WriteLine($"   kept {file}");
        return result;
    }

    /// <summary>Waits until the dashboard has read the copied incidents: twenty seconds without a change.</summary>
    private static async Task CountedAsync(HttpClient client)
    {
        var clock = Stopwatch.StartNew();
        var (last, since) = ("", TimeSpan.Zero);
        while (last.Length == 0 || clock.Elapsed - since < TimeSpan.FromSeconds(20))
        {
            var weeks = JsonDocument.Parse(await client.GetStringAsync("/api/v1/dashboard?period=year")).RootElement.GetProperty("weeks")
                .ToString();
            if (weeks != last) (last, since) = (weeks, clock.Elapsed);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        Console.WriteLine($"   counted by the dashboard after {since.TotalSeconds:N0} s");
    }

    /// <summary>The first and the second page alternately: a later page must not cost more.</summary>
    private static async Task<string[]> PathsAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
        var root = JsonDocument.Parse(text).RootElement;
        return root.TryGetProperty("nextCursor", out var cursor) && cursor.ValueKind == JsonValueKind.String
            ? [path, $"{path}{(path.Contains('?') ? '&' : '?')}cursor={cursor.GetString()}"]
            : [path];
    }

    private static async Task<double[]> TimesAsync(HttpClient client, string[] paths, int times)
    {
        var taken = new double[times];
        for (var n = 0; n < times; n++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(paths[n % paths.Length]);
            await answer.Content.ReadAsByteArrayAsync();
            taken[n] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(taken);
        return taken;
    }
}
