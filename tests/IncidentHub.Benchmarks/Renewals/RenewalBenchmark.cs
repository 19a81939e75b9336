using IncidentHub.Domain;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Benchmarks.Support;

namespace IncidentHub.Benchmarks.Renewals;

/// <summary>
/// Renewals over HTTP, durable and signed, compared with their unavoidable cost: a bare SQLite writer that commits the same rows in groups,
/// and ES256 signing, both in one process without HTTP. The clients run on the same cores as the hub.
/// </summary>
internal static class RenewalBenchmark
{
    private const int Collectors = 10_000, Connections = 128;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(15), Measured = TimeSpan.FromSeconds(8);

    public static async Task RunAsync()
    {
        var folder = Setup.NewFolder("renewals");
        var file = Path.Combine(folder, "hub.db");
        (double Rate, double P50, double P99) full, needed;
        await using (var hub = await HubUnderTest.StartAsync(file))
        {
            var (owner, _) = await hub.AsAsync("owner");
            using var client = owner;
            var fleet = await SimulatedFleet.MakeAsync(hub, client, file, Collectors);
            await RunAsync(hub, fleet, Warm, null);
            full = await RunAsync(hub, fleet, Measured, null);
            needed = await RunAsync(hub, fleet, Measured / 2, 500);
        }
        var bare = Bare(file);
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture,
            $"   at the maximum rate, {Connections} connections: {full.Rate:N0} a second, p50 {full.P50:0.0} ms, p99 {full.P99:0.0} ms "
                + $"(goal: 10,000, p99 under 50 ms)"));
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture,
            $"   at the 500 a second of 10,000 collectors: p50 {needed.P50:0.0} ms, p99 {needed.P99:0.0} ms"));
        Console.WriteLine(
            string.Create(
            CultureInfo.InvariantCulture,
            $"   bare: {bare:N0} a second (rows committed 256 together and ES256 signatures, no HTTP); ratio {full.Rate / bare:0.00}"));
        Directory.Delete(folder, recursive: true);
    }

    /// <param name="pace">Renewals per second; null for the maximum.</param>
    /// <param name="granted">Whether each renewal must give a permit; else none may.</param>
    internal static async Task<(double Rate, double P50, double P99)> RunAsync(
        HubUnderTest hub, SimulatedFleet fleet, TimeSpan time, double? pace, bool granted = true)
    {
        var next = -1;
        var latencies = new System.Collections.Concurrent.ConcurrentBag<List<double>>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>(8192);
            using var connection = await RawConnection.OpenAsync(hub.Address);
            while (clock.Elapsed < time)
            {
                var n = Interlocked.Increment(ref next);
                if (pace is { } perSecond && TimeSpan.FromSeconds(n / perSecond) - clock.Elapsed is { Ticks: > 0 } early)
                    await Task.Delay(early);
                var collector = fleet.Collectors[n % fleet.Collectors.Count];
                var request = fleet.Renewal(collector);
                var started = Stopwatch.GetTimestamp();
                var (status, body) = await connection.AskAsync(request);
                if (status != 200 || SimulatedFleet.Take(collector, body) != granted)
                    throw new InvalidOperationException($"{status} {Encoding.UTF8.GetString(body.Span)}");
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            latencies.Add(own);
        })));
        var all = latencies.SelectMany(l => l).Order().ToList();
        return (all.Count / clock.Elapsed.TotalSeconds, all[all.Count / 2], all[(int)(all.Count * 0.99)]);
    }

    // One thread commits, as in the hub; the other core signs.
    private static double Bare(string file)
    {
        using var connection = RowSet.Open(file);
        using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
            pragma.ExecuteNonQuery();
        }
        var ids = new List<(string Collector, string Program)>();
        using (var select = connection.CreateCommand())
        {
            select.CommandText = "SELECT CollectorId, ProgramId FROM CollectorProgram";
            using var reader = select.ExecuteReader();
            while (reader.Read()) ids.Add((reader.GetString(0), reader.GetString(1)));
        }
        using var renew = connection.CreateCommand();
        renew.CommandText =
            "UPDATE CollectorProgram SET PermitJti = @jti, PermitIat = @at, PermitExp = @at, PermitEpoch = 2, HeardAt = @at, EpochSeen = "
                + "2, LastSequence = 7 WHERE CollectorId = @c AND ProgramId = @p";
        foreach (var name in new[] { "@jti", "@at", "@c", "@p" }) renew.Parameters.AddWithValue(name, "");
        using var raise = connection.CreateCommand();
        raise.CommandText = "UPDATE ProgramSwitch SET MaxPermitExp = @at WHERE Epoch >= 0";
        raise.Parameters.AddWithValue("@at", "");
        long signed = 0, committed = 0;
        var clock = Stopwatch.StartNew();
        var signing = new Thread(() =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var claims = new byte[400];
            while (clock.Elapsed < Measured)
            {
                key.SignData(claims, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
                Interlocked.Increment(ref signed);
            }
        });
        signing.Start();
        for (var n = 0; clock.Elapsed < Measured;)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            renew.Transaction = raise.Transaction = transaction;
            var at = IncidentHub.Platform.Database.DapperSetup.TimeText(TimeProvider.System.GetUtcNow());
            raise.Parameters["@at"].Value = at;
            raise.ExecuteNonQuery();
            for (var row = 0; row < 256; row++, n++)
            {
                (renew.Parameters["@c"].Value, renew.Parameters["@p"].Value) = ids[n % ids.Count];
                renew.Parameters["@jti"].Value = OrderedId.Next(TimeProvider.System.GetUtcNow()).ToString("N");
                renew.Parameters["@at"].Value = at;
                renew.ExecuteNonQuery();
            }
            transaction.Commit();
            committed += 256;
        }
        signing.Join();
        return Math.Min(committed, signed) / Measured.TotalSeconds;
    }
}
