using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Push;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Ofrep;

/// <summary>
/// The time from sending an act that switches something off until a reader sees it. Each reader polls over one connection, one
/// millisecond after the last response.
/// </summary>
internal static class ToggleToVisible
{
    private const int Runs = 20;

    /// <summary>A flag switched off through Unleash's admin API and read through its front-end API; milliseconds, in order.</summary>
    public static async Task<double[]> OfUnleashAsync(UnleashPeer peer)
    {
        var took = new double[Runs];
        using var reader = await RawConnection.OpenAsync(peer.Address);
        for (var run = 0; run < Runs; run++)
        {
            await peer.SwitchAsync(true);
            await peer.SeenAsync(reader, true);
            await BetweenAsync();
            var started = Stopwatch.GetTimestamp();
            var act = peer.SwitchAsync(false);
            await peer.SeenAsync(reader, false);
            took[run] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await act;
        }
        return [.. took.Order()];
    }

    /// <summary>
    /// Programs paused in the hub, one per run: when an OFREP reader sees it, and when the event stream of a collector delivers it;
    /// milliseconds, in order.
    /// </summary>
    public static async Task<(double[] Read, double[] Heard)> OfHubAsync(HubUnderTest hub, HttpClient owner, string databaseFile)
    {
        string[] codes = [.. Enumerable.Range(0, Runs).Select(n => $"SEEN{n}")];
        var fleets = new List<SimulatedFleet>();
        foreach (var code in codes) fleets.Add(await SimulatedFleet.MakeAsync(hub, owner, databaseFile, 1, code));
        using var made = await owner.PostAsJsonAsync("/api/v1/keys",
            new { name = "Watching readers", scopes = new[] { "evaluate" }, programs = codes });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        var (read, heard) = (new double[Runs], new double[Runs]);
        using var reader = await RawConnection.OpenAsync(hub.Address);
        for (var run = 0; run < Runs; run++)
        {
            var collector = fleets[run].Collectors[0];
            var renewed = await reader.AskAsync(fleets[run].Renewal(collector, codes[run]));
            if (!SimulatedFleet.Take(collector, renewed.Body)) throw new InvalidOperationException("No permit.");
            using var listening = await ListeningFleet.OpenAsync(hub.Address, 1, _ =>
                $"GET /api/v1/collectors/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {collector.Secret}\r\n\r\n");
            var evaluation = RawConnection.Request($"/ofrep/v1/evaluate/flags/program.{codes[run]}.collect", key, """{"context":{"targetingKey":"ws-1","region":"US","dataCategory":"keystrokes"}}""");
            if (!IsOn((await reader.AskAsync(evaluation)).Body)) throw new InvalidOperationException("The flag is off already.");
            await BetweenAsync();
            var hears = listening.ExpectAsync(collector.Epoch + 1);
            var started = Stopwatch.GetTimestamp();
            var act = Setup.PostAsync(owner, $"/api/v1/programs/{codes[run]}/pauses", new { reason = "Measured" });
            while (IsOn((await reader.AskAsync(evaluation)).Body)) await Task.Delay(1);
            read[run] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await act;
            await hears.WaitAsync(TimeSpan.FromSeconds(10));
            heard[run] = Stopwatch.GetElapsedTime(started, listening.HeardBy(1)).TotalMilliseconds;
        }
        return ([.. read.Order()], [.. heard.Order()]);
    }

    private static bool IsOn(ReadOnlyMemory<byte> body) => JsonElement.Parse(body.Span).GetProperty("value").GetBoolean();

    // The position of the act within the peer's one-second cycle is random.
    private static Task BetweenAsync() => Task.Delay(Random.Shared.Next(200, 1_200));
}
