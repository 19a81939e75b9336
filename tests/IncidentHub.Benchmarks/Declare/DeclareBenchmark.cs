using System.Diagnostics;
using System.Globalization;
using IncidentHub.Benchmarks.Support;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Benchmarks.Declare;

/// <summary>
/// Declaring an incident with three links over HTTP, durable, compared with a bare SQLite transaction that writes the same rows: one
/// connection, prepared statements, WAL, full sync. The clients run on the same cores as the hub.
/// </summary>
internal static class DeclareBenchmark
{
    private const int Clients = 64;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    public static async Task RunAsync()
    {
        var folder = Setup.NewFolder("declare");
        var file = Path.Combine(folder, "hub.db");
        double http;
        RowSet rows;
        await using (var hub = await HubUnderTest.StartAsync(file))
        {
            await Setup.CatalogueAsync(hub);
            var (responder, _) = await hub.AsAsync("responder");
            using (responder)
            {
                await Setup.PostAsync(responder, "/api/v1/incidents", Setup.Declaration(0));
                var before = RowSet.Read(file);
                await Setup.PostAsync(responder, "/api/v1/incidents", Setup.Declaration(1));
                rows = RowSet.Between(before, RowSet.Read(file), "AuditHead", "Counter");
                await RateAsync(responder, Warm);
                http = await RateAsync(responder, Measured);
                var single = await RateAsync(responder, Measured / 2, clients: 1);
                Console.WriteLine($"   over HTTP, one client: {single:N0} a second");
            }
        }
        var bare = Bare(file, rows);
        Console.WriteLine($"   one declaration writes {rows.Count} rows: {rows.Summary}");
        Console.WriteLine($"   over HTTP, {Clients} clients: {http:N0} a second; bare transactions: {bare:N0} a second");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"   ratio {http / bare:0.00} (goal: at least 0.50)"));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<double> RateAsync(HttpClient client, TimeSpan time, int clients = Clients)
    {
        var count = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (clock.Elapsed < time)
                await Setup.PostAsync(client, "/api/v1/incidents", Setup.Declaration(Interlocked.Increment(ref count)));
        }));
        return count / clock.Elapsed.TotalSeconds;
    }

    private static double Bare(string file, RowSet rows)
    {
        using var connection = RowSet.Open(file);
        using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
            pragma.ExecuteNonQuery();
        }
        var copier = rows.CopierFor(connection);
        long number = 10_000_000, sequence = 10_000_000;
        var count = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Measured)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            number++;
            copier.Write(transaction, TimeProvider.System.GetUtcNow(), (table, column, value) => (table, column) switch
            {
                ("AuditEntry", "Sequence") => ++sequence,
                ("Incident", "Number") => number,
                ("Incident", "Code") => $"INC-{number}",
                _ => value,
            });
            Heads(connection, transaction);
            transaction.Commit();
            count++;
        }
        return count / clock.Elapsed.TotalSeconds;
    }

    // The two rows that a declaration changes.
    private static void Heads(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "UPDATE AuditHead SET EntryCount = EntryCount + 1 WHERE Id = 1; UPDATE Counter SET LastValue = LastValue + 1 WHERE Name = "
                + "'incident';";
        command.ExecuteNonQuery();
    }
}
