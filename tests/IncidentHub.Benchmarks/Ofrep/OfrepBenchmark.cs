using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Ofrep;

/// <summary>
/// One flag evaluated by OFREP, against the simplest JSON that the same process serves (its public keys, cached, requested without an API
/// key), and against Unleash's front-end API with one flag. Both servers run at the same time; only one is under load at a time.
/// </summary>
internal static class OfrepBenchmark
{
    private const int Connections = 50;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(8), Measured = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        var folder = Setup.NewFolder("ofrep");
        var file = Path.Combine(folder, "hub.db");
        await using var hub = await HubUnderTest.StartAsync(file, ("Ofrep__PerSecond", "1000000"));
        await Setup.CatalogueAsync(hub);
        var (owner, _) = await hub.AsAsync("owner");
        using var client = owner;
        using var made = await client.PostAsJsonAsync("/api/v1/keys",
            new { name = "Readers", scopes = new[] { "evaluate" }, programs = new[] { "BENCH" } });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        var evaluation = RawConnection.Request("/ofrep/v1/evaluate/flags/program.BENCH.collect", key, """{"context":{"targetingKey":"ws-1","region":"US","dataCategory":"keystrokes"}}""");
        var plain = "GET /.well-known/jwks.json HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();
        var missing = UnleashPeer.Missing();
        await using var peer = missing is null ? await UnleashPeer.StartAsync() : null;

        await RateAsync(hub.Address, evaluation, Warm);
        await RateAsync(hub.Address, plain, Warm);
        if (peer is not null) await RateAsync(peer.Address, peer.Evaluation, Warm);
        var (flags, json) = (await RateAsync(hub.Address, evaluation, Measured), await RateAsync(hub.Address, plain, Measured));
        Line($"{Connections} connections: {flags:N0} evaluations a second; plain JSON {json:N0} a second");
        Line($"ratio {flags / json:0.00} (goal: at least 0.70)");
        if (peer is null)
        {
            Line($"Unleash was skipped: it is not installed ({missing})");
        }
        else
        {
            var theirs = await RateAsync(peer.Address, peer.Evaluation, Measured);
            Line($"Unleash at the same time, {Connections} connections: {theirs:N0} responses a second at /api/frontend with one flag");
            Line($"ratio {flags / theirs:0.0} (goal: at least 3)");
            var toggled = await ToggleToVisible.OfUnleashAsync(peer);
            Line($"Unleash, a flag switched off, until /api/frontend shows it: {Spread(toggled)}");
            var (read, heard) = await ToggleToVisible.OfHubAsync(hub, client, file);
            Line($"a program paused, until OFREP shows it: {Spread(read)}; until an event stream delivers it: {Spread(heard)}");
            Line($"ratio {Median(toggled) / Median(read):0} and {Median(toggled) / Median(heard):0}");
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> RateAsync(Uri address, byte[] request, TimeSpan time)
    {
        long count = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var connection = await RawConnection.OpenAsync(address);
            while (clock.Elapsed < time)
            {
                var (status, body) = await connection.AskAsync(request);
                if (status != 200) throw new InvalidOperationException($"{status} {Encoding.UTF8.GetString(body.Span)}");
                Interlocked.Increment(ref count);
            }
        })));
        return count / clock.Elapsed.TotalSeconds;
    }

    private static double Median(double[] inOrder) => (inOrder[(inOrder.Length - 1) / 2] + inOrder[inOrder.Length / 2]) / 2;

    private static string Spread(double[] inOrder) =>
        string.Create(
        CultureInfo.InvariantCulture, $"median {Median(inOrder):0} ms, {inOrder[0]:0} to {inOrder[^1]:0} ms in {inOrder.Length} runs");

    private static void Line(FormattableString text) => Console.WriteLine("   " + text.ToString(CultureInfo.InvariantCulture));
}
