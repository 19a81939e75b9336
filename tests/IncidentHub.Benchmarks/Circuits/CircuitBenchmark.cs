using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Circuits;

/// <summary>
/// Memory of an idle live incident page compared with an empty interactive page of the same shell, per circuit, over 500 circuits each.
/// Each kind is measured on its own hub; resident memory, workstation garbage collector, after a warm-up of twenty circuits.
/// </summary>
internal static class CircuitBenchmark
{
    private const int Circuits = 500;
    private const int Warm = 20;

    public static async Task RunAsync()
    {
        var empty = await PerCircuitAsync(_ => "/kit/empty");
        var incident = await PerCircuitAsync(code => $"/incidents/{code}");
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture, $"   empty page {empty / 1024:N0} KB a circuit, incident page {incident / 1024:N0} KB"));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"   ratio {incident / empty:0.00} (goals: at most 2.5, and 1,300 KB)"));
    }

    private static async Task<double> PerCircuitAsync(Func<string, string> path)
    {
        var folder = Setup.NewFolder("circuits");
        await using var hub = await HubUnderTest.StartAsync(
            Path.Combine(folder, "hub.db"), ("DOTNET_gcServer", "0"), ("DOTNET_gcConcurrent", "0"));
        await Setup.CatalogueAsync(hub);
        var (responder, cookie) = await hub.AsAsync("responder");
        using var client = responder;
        using var made = await client.PostAsJsonAsync("/api/v1/incidents", Setup.Declaration(1));
        var code = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        for (var n = 0; n < 10; n++)
            await Setup.PostAsync(client, $"/api/v1/incidents/{code}/notes", new { body = $"Observation {n}: grants looked at." });

        // No shared cookie container: each circuit sends the sign-in cookie in its own header.
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        var open = new List<CircuitClient>();
        for (var n = 0; n < Warm; n++) open.Add(await CircuitClient.OpenAsync(http, cookie, path(code)));
        await SettleAsync();
        var before = hub.ResidentBytes();
        for (var n = 0; n < Circuits; n++) open.Add(await CircuitClient.OpenAsync(http, cookie, path(code)));
        await SettleAsync();
        var after = hub.ResidentBytes();
        Console.WriteLine(
            $"   {path("INC-…")}: {before / 1_000_000:N0} MB, then {after / 1_000_000:N0} MB; {open[^1].RenderedBytes:N0} bytes rendered "
                + $"to the last circuit");
        foreach (var circuit in open) await circuit.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return (double)(after - before) / Circuits;
    }

    // Wait for the work of the circuits after the first rendering.
    private static Task SettleAsync() => Task.Delay(TimeSpan.FromSeconds(5));
}
