using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Ofrep;

/// <summary>One flag evaluated by OFREP, against the plainest JSON that the same process serves: its public keys, made once, asked for without a key of one's own.</summary>
internal static class OfrepBenchmark
{
    private const int Connections = 50;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(8), Measured = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        var folder = Setup.NewFolder("ofrep");
        await using var hub = await HubUnderTest.StartAsync(Path.Combine(folder, "hub.db"), ("Ofrep__PerSecond", "1000000"));
        await Setup.CatalogueAsync(hub);
        var (owner, _) = await hub.AsAsync("owner");
        using var client = owner;
        using var made = await client.PostAsJsonAsync("/api/v1/keys", new { name = "Readers", scopes = new[] { "evaluate" }, programs = new[] { "BENCH" } });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        var evaluation = RawConnection.Request("/ofrep/v1/evaluate/flags/program.BENCH.collect", key, """{"context":{"targetingKey":"ws-1","region":"US","dataCategory":"keystrokes"}}""");
        var plain = "GET /.well-known/jwks.json HTTP/1.1\r\nHost: bench\r\n\r\n"u8.ToArray();
        await RateAsync(hub, evaluation, Warm);
        await RateAsync(hub, plain, Warm);
        var (flags, json) = (await RateAsync(hub, evaluation, Measured), await RateAsync(hub, plain, Measured));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   {Connections} connections: {flags:N0} evaluations a second; plain JSON {json:N0} a second"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   ratio {flags / json:0.00} (goal: at least 0.70)"));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> RateAsync(HubUnderTest hub, byte[] request, TimeSpan time)
    {
        long count = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var connection = await RawConnection.OpenAsync(hub.Address);
            while (clock.Elapsed < time)
            {
                var (status, body) = await connection.AskAsync(request);
                if (status != 200) throw new InvalidOperationException($"{status} {Encoding.UTF8.GetString(body.Span)}");
                Interlocked.Increment(ref count);
            }
        })));
        return count / clock.Elapsed.TotalSeconds;
    }
}
