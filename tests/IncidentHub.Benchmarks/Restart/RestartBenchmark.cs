using System.Diagnostics;
using System.Globalization;
using IncidentHub.Benchmarks.Circuits;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Push;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Restart;

/// <summary>
/// A restart with 200 pages and 10,000 collectors connected: from SIGTERM to the exit and to the first answer of the next process, which
/// is started at the same moment and waits for the database. The baseline is the same restart of the hub with nobody connected. Needs
/// 12,000 open files: <c>ulimit -n 16384</c>.
/// </summary>
internal static class RestartBenchmark
{
    private const int Pages = 200, Collectors = 10_000;

    public static async Task RunAsync()
    {
        var folder = Setup.NewFolder("restart");
        var file = Path.Combine(folder, "hub.db");
        var hub = await HubUnderTest.StartAsync(file);
        (hub, var idle) = await RestartAsync(hub, file, "nobody connected");
        var (owner, cookie) = await hub.AsAsync("owner");
        using var client = owner;
        var fleet = await SimulatedFleet.MakeAsync(hub, client, file, Collectors);
        var listening = await ListeningFleet.OpenAsync(hub.Address, Collectors, Request);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        var pages = new List<CircuitClient>();
        for (var n = 0; n < Pages; n++) pages.Add(await CircuitClient.OpenAsync(http, cookie, $"/programs/{SimulatedFleet.Program}"));

        (hub, var full) = await RestartAsync(hub, file, $"{Pages} pages and {Collectors:N0} collectors connected");
        Line($"ratio {full / idle:0.00} (goal: answered within 5 s)");
        listening.Dispose();
        foreach (var page in pages) await page.DisposeAsync();
        var reconnecting = Stopwatch.GetTimestamp();
        using var again = await ListeningFleet.OpenAsync(hub.Address, Collectors, Request);
        Line($"all {Collectors:N0} collectors connected again within {Stopwatch.GetElapsedTime(reconnecting).TotalSeconds:0.0} s");
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);

        string Request(int n) =>
            $"GET /api/v1/collectors/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {fleet.Collectors[n].Secret}\r\n\r\n";
    }

    private static async Task<(HubUnderTest Next, double Answered)> RestartAsync(HubUnderTest hub, string file, string what)
    {
        var started = Stopwatch.GetTimestamp();
        var stopping = hub.StopAsync();
        var starting = HubUnderTest.StartAsync(file, ("ASPNETCORE_URLS", hub.Address.ToString()));
        var code = await stopping;
        var exited = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var next = await starting;
        using var client = new HttpClient { BaseAddress = next.Address };
        (await client.GetAsync("/readyz")).EnsureSuccessStatusCode();
        var answered = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Line($"{what}: exited with code {code} after {exited:0.0} s, answered again after {answered:0.0} s");
        return (next, answered);
    }

    private static void Line(FormattableString text) => Console.WriteLine("   " + text.ToString(CultureInfo.InvariantCulture));
}
