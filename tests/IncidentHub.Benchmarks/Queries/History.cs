using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Benchmarks.Support;
using IncidentHub.Platform.Database;

namespace IncidentHub.Benchmarks.Queries;

/// <summary>
/// Years of history: one incident with ten timeline entries is created through the hub, and its rows are copied with new ids,
/// with other times, levels and words. The newest forty are open. Both sets are spread over the same two years, so that a query of a year
/// reads the same number of weeks in both.
/// </summary>
internal static class History
{
    private const int Open = 40;
    private const int Notes = 6;

    /// <summary>
    /// The number of incidents with the same rare word, for any total: a search finds as many in both sets, so that only the cost of
    /// searching grows, not the result.
    /// </summary>
    private const int SameWord = 40;
    private const int BatchSize = 2000;
    private static readonly TimeSpan Span = TimeSpan.FromDays(700);

    /// <summary>Fills the database. Returns the duration of the copies.</summary>
    public static async Task FillAsync(string file, int incidents)
    {
        RowSet rows;
        DateTimeOffset template;
        await using (var hub = await HubUnderTest.StartAsync(file))
        {
            await Setup.CatalogueAsync(hub);
            var (responder, _) = await hub.AsAsync("responder");
            using (responder)
            {
                await DeclareAsync(responder);
                var before = RowSet.Read(file);
                template = TimeProvider.System.GetUtcNow();
                await DeclareAsync(responder);
                rows = RowSet.Between(before, RowSet.Read(file), "AuditHead", "Counter", "AuditEntry");
            }
        }
        Copy(file, rows, incidents, template);
    }

    private static async Task DeclareAsync(HttpClient client)
    {
        using var made = await client.PostAsJsonAsync("/api/v1/incidents", Setup.Declaration(1));
        var code = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
        for (var n = 0; n < Notes; n++)
            await Setup.PostAsync(client, $"/api/v1/incidents/{code}/notes",
            new { body = $"Observation {n}: grants looked at, two tables were still readable." });
    }

    private static void Copy(string file, RowSet rows, int incidents, DateTimeOffset template)
    {
        using var connection = RowSet.Open(file);
        using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;";
            pragma.ExecuteNonQuery();
        }
        var copier = rows.CopierFor(connection);
        for (var from = 0; from < incidents; from += BatchSize)
        {
            using var transaction = connection.BeginTransaction();
            for (var n = from; n < Math.Min(from + BatchSize, incidents); n++)
            {
                var index = n;
                var open = incidents - n <= Open;
                // The last one is three days before the template, so that its closing is not in the future.
                var shift = -(Span / incidents) * (incidents - n) - TimeSpan.FromDays(3);
                copier.Write(transaction, template + shift, (table, column, value) =>
                    Change(table, column, value, index, incidents, open, template, shift));
            }
            transaction.Commit();
        }
        using var analyze = connection.CreateCommand();
        analyze.CommandText = "UPDATE Counter SET LastValue = 10000000 WHERE Name = 'incident'; PRAGMA wal_checkpoint(TRUNCATE);";
        analyze.ExecuteNonQuery();
    }

    private static object? Change(string table, string column, object? value, int n, int incidents, bool open, DateTimeOffset template,
        TimeSpan shift) => (table, column) switch
        {
            ("Incident", "Number") => 1_000L + n,
            ("Incident", "Code") => $"INC-{1_000 + n}",
            ("Incident", "Sev") or ("Incident", "DeclaredSev") => (long)(n % 6),
            ("Incident", "Status") => open ? "Investigating" : "Closed",
            ("Incident", "IsOpen") => open ? 1L : 0L,
            ("Incident", "UpdateDueAt") => open ? Shifted(value, shift) : null,
            ("Incident", "ClosedAt") => open ? null : DapperSetup.TimeText(template + shift + TimeSpan.FromDays(2)),
            ("IncidentCycle", "ContainedAt") => open ? null : DapperSetup.TimeText(template + shift + TimeSpan.FromHours(5)),
            ("IncidentCycle", "ResolvedAt") => open ? null : DapperSetup.TimeText(template + shift + TimeSpan.FromDays(1)),
            // The other words occur in every incident.
            ("IncidentWord", "Word") when (string?)value == "found" => $"rare{n % (incidents / SameWord):0000}",
            _ => Shifted(value, shift),
        };

    private static object? Shifted(object? value, TimeSpan shift) =>
        value is string { Length: 28 } text && text[10] == 'T' && text[27] == 'Z' ? DapperSetup.TimeText(Time(text) + shift) : value;

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
