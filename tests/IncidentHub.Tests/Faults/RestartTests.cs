using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using IncidentHub.Benchmarks.Circuits;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Faults;

/// <summary>A hub that is stopped by SIGTERM while pages and event streams are open and acts arrive.</summary>
[Collection(nameof(RealProcesses))]
public sealed class RestartTests
{
    // A stop that waits for what does not end takes the host's limit, 30 s. The benchmarks measure how long a stop and a restart take on an
    // idle machine; the aim is below 15 s, the life of a high-risk permit.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(28);
    private const int Pages = 5;

    [Fact]
    public async Task A_hub_that_is_stopped_exits_at_once_although_pages_reconnect_and_keeps_what_it_acknowledged()
    {
        await using var hub = await HubProcess.StartAsync();
        await using var program = await RealProgram.LaunchAsync(hub, "RESTART", ttl: 15, gracePeriod: 1, renewal: 5);
        using var ending = new CancellationTokenSource();
        var pages = await OpenPagesAsync(program, ending.Token);
        using var stalled = await OpenStalledAsync(hub);
        var stream = await OpenStreamAsync(program, await program.CollectorAsync());
        var acknowledged = new ConcurrentQueue<string>();
        var acting = ActAsync(program.Owner, acknowledged);
        await Waiting.UntilAsync(() => acknowledged.Count > 5, "some acts are acknowledged");

        var stopped = Stopwatch.GetTimestamp();
        Assert.Equal(0, await hub.StopAsync());
        Assert.True(Stopwatch.GetElapsedTime(stopped) < Limit, $"It took {Stopwatch.GetElapsedTime(stopped)}.");
        await ending.CancelAsync();
        await Task.WhenAll(pages);
        await stream;
        await acting;

        await hub.StartAgainAsync();
        using var after = await program.AsAsync("owner");
        foreach (var code in acknowledged) await after.ReadAsync($"/api/v1/programs/{code}");
    }

    [Fact]
    public async Task A_hub_that_is_started_while_the_old_one_stops_waits_for_it_and_comes_up()
    {
        await using var hub = await HubProcess.StartAsync();
        var (next, listening) = hub.StartBeside();
        await using var _ = next;
        await Waiting.UntilAsync(() => next.Log.Any(l => l.Contains("Waiting up to 30 s", StringComparison.Ordinal)),
            "it says that it waits");
        Assert.True(next.IsRunning);
        var stopped = Stopwatch.GetTimestamp();
        Assert.Equal(0, await hub.StopAsync());
        await listening;
        Assert.True(Stopwatch.GetElapsedTime(stopped) < Limit, $"It took {Stopwatch.GetElapsedTime(stopped)}.");
        using var client = new HttpClient { BaseAddress = new Uri(next.Url) };
        Assert.True((await client.GetAsync("/readyz")).IsSuccessStatusCode);
    }

    // As a browser does: a page whose connection ends connects again at once. It does not answer the close, as a suspended one.
    private static async Task<IReadOnlyList<Task>> OpenPagesAsync(RealProgram program, CancellationToken ended)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(program.Hub.Url) };
        using var signIn = await http.PostAsJsonAsync("/api/v1/session", new { account = "owner" }, CancellationToken.None);
        var cookie = string.Join("; ", signIn.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var first = await Task.WhenAll(Enumerable.Range(0, Pages).Select(_ => CircuitClient.OpenAsync(http, cookie, "/programs")));
        return [.. first.Select(page => Task.Run(async () =>
        {
            var open = page;
            while (true)
            {
                await open.Closed;
                if (ended.IsCancellationRequested) return;
                try
                {
                    open = await CircuitClient.OpenAsync(http, cookie, "/programs");
                }
                catch (Exception e) when (e is HttpRequestException or System.Net.WebSockets.WebSocketException or IOException)
                {
                    return;
                }
            }
        }, CancellationToken.None))];
    }

    // A request whose body does not arrive.
    private static async Task<TcpClient> OpenStalledAsync(HubProcess hub)
    {
        var url = new Uri(hub.Url);
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await client.GetStream().WriteAsync(
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        return client;
    }

    private static async Task<Task> OpenStreamAsync(RealProgram program, TestCollector collector)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collectors/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", collector.Secret);
        var answer = await program.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return Task.Run(async () =>
        {
            using (answer) await answer.Content.ReadAsStringAsync();
        });
    }

    private static async Task ActAsync(HttpClient owner, ConcurrentQueue<string> acknowledged)
    {
        try
        {
            for (var n = 0; ; n++)
            {
                var body = new { code = $"ACK-{n}", name = $"Program {n}", purpose = "Counted.", owner = "owner", unit = "Research" };
                using var answer = await owner.PostAsJsonAsync("/api/v1/programs", body);
                if (!answer.IsSuccessStatusCode) return;
                acknowledged.Enqueue(body.code);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            // The hub has stopped.
        }
    }
}
