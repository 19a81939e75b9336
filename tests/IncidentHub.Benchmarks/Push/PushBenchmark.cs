using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using IncidentHub.Benchmarks.Circuits;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Push;

/// <summary>
/// A pause with 10,000 connected collectors over real sockets during 500 renewals per second: when they receive it, when their
/// acknowledgements are recorded, how long the pause itself takes, and the memory per connected collector. The baseline sends the
/// same bytes over plain sockets to the same readers. Needs 12,000 open files: <c>ulimit -n 16384</c>.
/// </summary>
internal static class PushBenchmark
{
    private const int Collectors = 10_000, AckConnections = 1_024;
    private const double Pace = 500;
    private static readonly TimeSpan RenewalPace = TimeSpan.FromSeconds(20);

    public static Task RunAsync() => RunAsync(0);

    /// <summary>
    /// The same while 200 people have the program's page open and the owner pauses it there, in a browser: how soon that page shows it
    /// with the guaranteed stop time, and how soon each of the others does.
    /// </summary>
    public static Task WatchedAsync() => RunAsync(200);

    private static async Task RunAsync(int watchers)
    {
        var bare = await BareAsync();
        var folder = Setup.NewFolder("push");
        var file = Path.Combine(folder, "hub.db");
        await using var hub = await HubUnderTest.StartAsync(file);
        var (owner, cookie) = await hub.AsAsync("owner");
        using var client = owner;
        var fleet = await SimulatedFleet.MakeAsync(hub, client, file, Collectors);
        // Warm-up: every collector gets a permit.
        await Renewals.RenewalBenchmark.RunAsync(hub, fleet, TimeSpan.FromSeconds(10), null);
        await SimulatedFleet.MakeAsync(hub, client, file, 200, "OTHER");
        for (var n = 0; n < 3; n++)
        {
            var first = Stopwatch.GetTimestamp();
            await Setup.PostAsync(client, "/api/v1/programs/OTHER/pauses", new { reason = "Another program", drillSeconds = 3600 });
            Line($"pause {n + 1} of another program since the hub started: answered after {Stopwatch.GetElapsedTime(first).TotalMilliseconds:0} ms");
        }

        var before = hub.ResidentBytes();
        var clock = Stopwatch.StartNew();
        using var listening = await ListeningFleet.OpenAsync(hub.Address, Collectors, n =>
            $"GET /api/v1/collectors/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {fleet.Collectors[n].Secret}\r\n\r\n");
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture,
            $"   {Collectors:N0} streams opened in {clock.Elapsed.TotalSeconds:0.0} s; {(hub.ResidentBytes() - before) / 1024.0 / Collectors:0.0} KB of the hub's resident memory each"));

        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        var pages = new List<CircuitClient>();
        for (var n = 0; n < watchers; n++) pages.Add(await CircuitClient.OpenAsync(http, cookie, $"/programs/{SimulatedFleet.Program}"));

        await using var browser = watchers > 0 ? await OwnersBrowser.OpenAsync(hub, cookie, SimulatedFleet.Program) : null;

        using var end = new CancellationTokenSource();
        var renewing = RenewAsync(hub, fleet, end.Token);
        if (browser is not null) await browser.FillAsync("Measured");
        await Task.Delay(TimeSpan.FromSeconds(3));
        await MeasureAsync(hub, client, fleet, listening, pages, browser, bare, end, renewing);
        foreach (var page in pages) await page.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task MeasureAsync(HubUnderTest hub, HttpClient owner, SimulatedFleet fleet, ListeningFleet listening,
        List<CircuitClient> pages, OwnersBrowser? browser, (
        double P99, double All) bare, CancellationTokenSource end, Task<double> renewing)
    {
        var stops = Channel.CreateUnbounded<(int Collector, long Due)>();
        listening.Heard = n =>
            stops.Writer.TryWrite(
            (n, Stopwatch.GetTimestamp() + (long)((0.1 + 0.9 * Random.Shared.NextDouble()) * Collectors / 4_000 * Stopwatch.Frequency)));
        var connections = new List<RawConnection>();
        for (var n = 0; n < AckConnections; n++) connections.Add(await RawConnection.OpenAsync(hub.Address, 5));
        var acknowledging = AcknowledgeAsync(connections, fleet, stops.Reader);
        var heard = listening.ExpectAsync(fleet.Collectors.Max(c => c.Epoch) + 1);

        var (started, startedAt) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow());
        var shown = Task.WhenAll(pages.Select(p => p.SeesAsync("Paused, stopping")));
        var answered = browser is null ? await ByApiAsync(owner) : await browser.PressAsync();
        if (browser is not null)
            Line($"paused by a press in the browser: its page showed it, with the guaranteed stop time, after {answered:0} ms (goal: 1,000 ms)");
        if (pages.Count > 0)
        {
            long[] at = [.. (await shown.WaitAsync(TimeSpan.FromSeconds(60))).Order()];
            Line($"{pages.Count} more open pages of the program: half received it after {Since(started, at[at.Length / 2]):0} ms, the last after {Since(started, at[^1]):0} ms");
        }
        await Task.WhenAny(heard, Task.Delay(TimeSpan.FromSeconds(30)));
        if (!heard.IsCompleted)
            throw new InvalidOperationException($"Only {listening.HeardSoFar:N0} received the epoch; {listening.Lost} streams were lost.");
        // The commit is between these two: the begin of its transaction, and the first collector's receipt of the event.
        var pause = (await owner.GetFromJsonAsync<JsonElement>($"/api/v1/programs/{SimulatedFleet.Program}/pauses?limit=1"))
            .GetProperty("items")[0];
        var began = (pause.GetProperty("activated").GetProperty("at").GetDateTimeOffset() - startedAt).TotalMilliseconds;
        var firstHeard = Since(started, listening.HeardBy(0));
        var (p50, p99, all) = (Since(started, listening.HeardBy(0.5)), Since(started, listening.HeardBy(0.99)),
            Since(started, listening.HeardBy(1)));
        var acked = Since(started, await acknowledging);
        await end.CancelAsync();
        var slowest = await renewing;

        var after = await owner.GetFromJsonAsync<JsonElement>($"/api/v1/pauses/{pause.GetProperty("id").GetGuid()}");
        if (after.GetProperty("confirmed").GetInt32() != Collectors)
            throw new InvalidOperationException($"The report confirms {after.GetProperty("confirmed")} of {Collectors:N0}.");
        Line($"pause {(browser is null ? "answered" : "shown")} after {answered:0} ms under {Pace:N0} renewals a second, whose p99 was {slowest:0} ms (goal: 100 ms)");
        Line($"requested at 0 ms, its transaction began at {began:0} ms, the first collector received it at {firstHeard:0} ms, 50 % at {p50:0}, 99 % at {p99:0}, all at {all:0} ms");
        Line($"received after the first: 99 % within {p99 - firstHeard:0} ms, all within {all - firstHeard:0} ms (goals: 250 and 1,000 ms from the commit)");
        Line($"{Collectors:N0} acknowledgements recorded after {acked / 1000:0.00} s (goal: 5 s)");
        Line($"bare sockets, the same readers: 99 % after {bare.P99:0} ms, all after {bare.All:0} ms; ratio {p99 / bare.P99:0.00}");
    }

    // Milliseconds until the response, which contains the guaranteed stop time.
    private static async Task<double> ByApiAsync(HttpClient owner)
    {
        var started = Stopwatch.GetTimestamp();
        await Setup.PostAsync(owner, $"/api/v1/programs/{SimulatedFleet.Program}/pauses", new { reason = "Measured" });
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    // At its scheduled time each collector renews, gets a stop notice and acknowledges. Returns when the last receipt arrived.
    private static async Task<long> AcknowledgeAsync(IReadOnlyList<RawConnection> connections, SimulatedFleet fleet, ChannelReader<(
        int Collector, long Due)> stops)
    {
        var left = Collectors;
        using var done = new CancellationTokenSource();
        var due = Channel.CreateUnbounded<int>();
        var waiting = new PriorityQueue<int, long>();
        var scheduling = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (Volatile.Read(ref left) > 0 && await timer.WaitForNextTickAsync())
            {
                while (stops.TryRead(out var stop)) waiting.Enqueue(stop.Collector, stop.Due);
                while (waiting.TryPeek(out var n, out var at) && at <= Stopwatch.GetTimestamp()) due.Writer.TryWrite(waiting.Dequeue());
            }
            due.Writer.Complete();
        });
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            using var _ = connection;
            await foreach (var n in due.Reader.ReadAllAsync())
            {
                var collector = fleet.Collectors[n];
                collector.HeardAt = Stopwatch.GetTimestamp();
                var (status, body) = await connection.AskAsync(fleet.Renewal(collector));
                if (status != 200 || SimulatedFleet.Take(collector, body))
                    throw new InvalidOperationException($"No stop notice: {status} {Encoding.UTF8.GetString(body.Span)}");
                (status, body) = await connection.AskAsync(fleet.Stop(collector));
                if (status != 200) throw new InvalidOperationException($"{status} {Encoding.UTF8.GetString(body.Span)}");
                Interlocked.Decrement(ref left);
            }
        })));
        await scheduling;
        return Stopwatch.GetTimestamp();
    }

    // The regular renewals of a fleet; returns their p99 in milliseconds.
    private static async Task<double> RenewAsync(HubUnderTest hub, SimulatedFleet fleet, CancellationToken end)
    {
        var latencies = new System.Collections.Concurrent.ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            using var connection = await RawConnection.OpenAsync(hub.Address, 6);
            while (!end.IsCancellationRequested)
            {
                var n = Interlocked.Increment(ref next);
                if (TimeSpan.FromSeconds(n / Pace) - clock.Elapsed is { Ticks: > 0 } early) await Task.Delay(early, CancellationToken.None);
                // A collector that has just renewed because of the event renews again only at its scheduled time.
                if (fleet.Collectors[n % Collectors].HeardAt is { } heard && Stopwatch.GetElapsedTime(heard) < RenewalPace) continue;
                var started = Stopwatch.GetTimestamp();
                // The response is ignored: the acknowledgement is based on the collector's own last permit.
                await connection.AskAsync(fleet.Renewal(fleet.Collectors[n % Collectors]));
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        return latencies.Order().ElementAt((int)(latencies.Count * 0.99));
    }

    private static async Task<(double P99, double All)> BareAsync()
    {
        using var server =
            Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
            ? [typeof(PushBenchmark).Assembly.Location, BareBroadcast.Command, $"{Collectors}"] : [BareBroadcast.Command, $"{Collectors}"])
            { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var port = await server.StandardOutput.ReadLineAsync();
            var opening = ListeningFleet.OpenAsync(new Uri($"http://127.0.0.1:{port}"), Collectors, null);
            await server.StandardOutput.ReadLineAsync();
            using var fleet = await opening;
            await Task.Delay(TimeSpan.FromSeconds(1));
            var started = Stopwatch.GetTimestamp();
            var heard = fleet.ExpectAsync(3);
            await server.StandardInput.WriteLineAsync(
                "event: switch data: {\"program\":\"FLEET\",\"epoch\":3,\"closedBelow\":3,\"spreadMs\":2500}");
            await heard.WaitAsync(TimeSpan.FromSeconds(30));
            return (Since(started, fleet.HeardBy(0.99)), Since(started, fleet.HeardBy(1)));
        }
        finally
        {
            server.Kill();
        }
    }

    private static double Since(long started, long at) => Stopwatch.GetElapsedTime(started, at).TotalMilliseconds;

    private static void Line(FormattableString text) => Console.WriteLine("   " + text.ToString(CultureInfo.InvariantCulture));
}
