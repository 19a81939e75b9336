using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Renewals;
using IncidentHub.Benchmarks.Support;
using IncidentHub.Collector;

namespace IncidentHub.Benchmarks.Backups;

/// <summary>
/// The whole story of a backup, in one run, at the 500 renewals a second of 10,000 collectors on a database of 500 MB: a backup while they
/// renew and people act; a pause that is not in it; the hub is killed, and its backup restored elsewhere; the collectors stop; a person
/// confirms; the collectors go on. Some of them are the library itself, which decides by what it has seen. Ends with an error where
/// anything that was acknowledged before the backup is missing.
/// </summary>
internal static class RestoreBenchmark
{
    private const int Collectors = 10_000, Libraries = 20, Needed = 500;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(10), Measured = TimeSpan.FromSeconds(30),
        OneRound = TimeSpan.FromSeconds(Collectors / Needed), Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var (here, there) = (Setup.NewFolder("restore"), Setup.NewFolder("restored"));
        var (file, restored, backup) = (Path.Combine(here, "hub.db"), Path.Combine(there, "hub.db"), Path.Combine(there, "backup.db"));
        var address = ("ASPNETCORE_URLS", $"http://127.0.0.1:{FreePort()}");
        List<CollectorClient> libraries = [];
        SimulatedFleet fleet;
        string[] acknowledged;
        await using (var hub = await HubUnderTest.StartAsync(file, address))
        {
            using var owner = (await hub.AsAsync("owner")).Client;
            fleet = await SimulatedFleet.MakeAsync(hub, owner, file, Collectors);
            BackupBenchmark.Fill(file);
            libraries = await LibrariesAsync(hub, owner, here);
            await RenewalBenchmark.RunAsync(hub, fleet, Warm, Needed);
            using var over = new CancellationTokenSource();
            var codes = new List<string>();
            var acting = ActAsync(owner, codes, over.Token);
            var renewing = RenewalBenchmark.RunAsync(hub, fleet, Measured, Needed);
            await Task.Delay(Measured / 6);
            lock (codes) acknowledged = [.. codes];
            Say($"backup: {await CommandAsync(file, "backup", backup):0.0} s, {new FileInfo(backup).Length / 1e6:N0} MB, "
                + $"after {acknowledged.Length} acts that were acknowledged");
            var (rate, p50, p99) = await renewing;
            await over.CancelAsync();
            await acting;
            Say($"renewals meanwhile: {rate:N0} a second, p50 {p50:0.0} ms, p99 {p99:0.0} ms");
            await Setup.PostAsync(owner, $"/api/v1/programs/{SimulatedFleet.Program}/pauses", new { reason = "After the backup." });
            await RenewalBenchmark.RunAsync(hub, fleet, OneRound * 1.2, Needed, granted: false);
            await UntilAsync(libraries, s => s.Reason == GateReason.Paused);
        }
        File.Copy(Path.Combine(here, "master.key"), Path.Combine(there, "master.key"));
        Say($"restored elsewhere, audit log verified: {await CommandAsync(restored, "restore", backup):0.0} s");
        Say($"incidenthub audit verify: {await CommandAsync(restored, "audit", "verify"):0.0} s");
        var started = Stopwatch.GetTimestamp();
        await using (var hub = await HubUnderTest.StartAsync(restored, address))
        {
            Say($"started: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
            Say($"{Libraries} collectors with the library have stopped, because the epoch went back: "
                + $"{await UntilAsync(libraries, s => s.Reason == GateReason.EpochWentBack):0.0} s after it listened");
            await RenewalBenchmark.RunAsync(hub, fleet, OneRound * 1.2, Needed, granted: false);
            using var owner = (await hub.AsAsync("owner")).Client;
            await CompareAsync(owner, acknowledged);
            await ConfirmAsync(owner, libraries);
            var (rate, p50, p99) = await RenewalBenchmark.RunAsync(hub, fleet, OneRound * 1.2, Needed);
            Say($"permits again for all {Collectors:N0}: {rate:N0} renewals a second, p50 {p50:0.0} ms, p99 {p99:0.0} ms");
            await hub.StopAsync();
        }
        Say($"incidenthub audit verify: {await CommandAsync(restored, "audit", "verify"):0.0} s");
        foreach (var library in libraries) await library.DisposeAsync();
        foreach (var folder in (string[])[here, there]) Directory.Delete(folder, recursive: true);
    }

    private static async Task ConfirmAsync(HttpClient owner, List<CollectorClient> libraries)
    {
        var path = $"/api/v1/programs/{SimulatedFleet.Program}/switch";
        var standing = await owner.GetFromJsonAsync<JsonElement>(path);
        Say($"the hub holds every permit; {standing.GetProperty("collectorsAhead").GetInt64():N0} collectors have seen epoch "
            + $"{standing.GetProperty("highestEpochSeen").GetInt64()}, the hub has {standing.GetProperty("epoch").GetInt64()}");
        var began = Stopwatch.GetTimestamp();
        await Setup.PostAsync(owner, path + "/confirm",
            new { epoch = standing.GetProperty("epoch").GetInt64(), reason = "Compared with the orders: the pause was a rehearsal." });
        var answered = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        Say($"confirmed in {answered:0} ms; {Libraries} collectors with the library collect again "
            + $"{await UntilAsync(libraries, s => s.IsOpen):0.0} s later");
    }

    private static async Task CompareAsync(HttpClient owner, string[] acknowledged)
    {
        var missing = new List<string>();
        foreach (var code in acknowledged)
        {
            using var found = await owner.GetAsync($"/api/v1/programs/{code}");
            if (found.StatusCode != HttpStatusCode.OK) missing.Add(code);
        }
        Say($"of {acknowledged.Length} acts that were acknowledged before the backup, {missing.Count} are missing");
        if (missing.Count > 0) throw new InvalidOperationException(string.Join(", ", missing));
    }

    private static async Task<List<CollectorClient>> LibrariesAsync(HubUnderTest hub, HttpClient owner, string folder)
    {
        using var made = await owner.PostAsJsonAsync("/api/v1/keys",
            new { name = "Library", scopes = new[] { "enrol" }, programs = new[] { SimulatedFleet.Program }, region = "US" });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        var all = new List<CollectorClient>();
        for (var n = 0; n < Libraries; n++)
        {
            all.Add(new CollectorClient(new CollectorOptions
            {
                Hub = hub.Address,
                Programs = [SimulatedFleet.Program],
                EnrolmentKey = key,
                StateFolder = Path.Combine(folder, $"library-{n}"),
                InstanceName = $"library-{n}",
                HostPseudonym = "host",
            }));
            await all[n].StartAsync();
        }
        await UntilAsync(all, s => s.IsOpen);
        return all;
    }

    private static async Task ActAsync(HttpClient owner, List<string> codes, CancellationToken over)
    {
        for (var n = 0; !over.IsCancellationRequested; n++)
        {
            await Setup.PostAsync(owner, "/api/v1/programs",
                new { code = $"ACK-{n}", name = $"Program {n}", purpose = "Counted.", owner = "owner", unit = "Research" });
            lock (codes) codes.Add($"ACK-{n}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    // Seconds until every gate is so.
    private static async Task<double> UntilAsync(List<CollectorClient> libraries, Func<GateStatus, bool> reached)
    {
        var began = Stopwatch.GetTimestamp();
        while (!libraries.TrueForAll(l => reached(l.Gate(SimulatedFleet.Program).Status)))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException("Some collectors did not get there.");
            await Task.Delay(20);
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> CommandAsync(string file, params string[] command)
    {
        var began = Stopwatch.GetTimestamp();
        var (code, said) = await HubUnderTest.CommandAsync(file, command);
        return code == 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : throw new InvalidOperationException($"{command[0]}: {said}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Say(string text) => Console.WriteLine($"   {text}");
}
