using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Benchmarks.Support;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Audit;
using IncidentHub.Platform.Database;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Benchmarks.Redactions;

/// <summary>
/// A redaction of an incident with 2,500 records, beside 5,000 records of other incidents and beside 500,000: how long it takes, and how
/// long another write waits meanwhile.
/// </summary>
internal static class RedactionBenchmark
{
    private const int Few = 5_000, Many = 500_000, Own = 2_500, Others = 199, Times = 7;

    public static async Task RunAsync()
    {
        var few = await MeasureAsync(Few);
        var many = await MeasureAsync(Many);
        foreach (var ((what, a), b) in few.Zip(many.Values))
            Line($"{what,-34} {a,8:0.0} ms beside {Few:N0}, {b,8:0.0} ms beside {Many:N0}: growth {b / a:0.00} (goal: under 2)");
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(int records)
    {
        var folder = Setup.NewFolder("redaction");
        var file = Path.Combine(folder, "hub.db");
        string code, other;
        await using (var hub = await HubUnderTest.StartAsync(file))
        {
            await Setup.CatalogueAsync(hub);
            var (responder, _) = await hub.AsAsync("responder");
            using (responder) (code, other) = (await DeclareAsync(responder), await DeclareAsync(responder));
        }
        Fill(file, records, code);
        var result = new Dictionary<string, List<double>>();
        await using (var hub = await HubUnderTest.StartAsync(file))
        {
            var (writer, _) = await hub.AsAsync("responder");
            var (privacy, _) = await hub.AsAsync("privacy");
            await SignedAsync(hub, records);
            // The first round compiles.
            for (var n = 0; n <= Times; n++) await RoundAsync(writer, privacy, code, other, n == 0 ? [] : result);
            writer.Dispose();
            privacy.Dispose();
        }
        Directory.Delete(folder, recursive: true);
        return result.ToDictionary(r => r.Key, r => r.Value.Order().ElementAt(Times / 2));
    }

    /// <summary>The hub verifies what was added to its log, and signs it: not while it is measured.</summary>
    private static async Task SignedAsync(HubUnderTest hub, int records)
    {
        var (auditor, _) = await hub.AsAsync("auditor");
        using (auditor)
        {
            JsonElement last;
            do
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
                last = (await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/checkpoints?limit=1")).GetProperty("items");
            }
            while (last.GetArrayLength() == 0 || last[0].GetProperty("sequence").GetInt64() < records);
        }
    }

    private static async Task RoundAsync(HttpClient writer, HttpClient privacy, string code, string other,
        Dictionary<string, List<double>> result)
    {
        using var made = await writer.PostAsJsonAsync($"/api/v1/incidents/{code}/notes",
            new { body = $"A pasted secret, {OrderedId.Next(TimeProvider.System.GetUtcNow())}." });
        var note = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var began = Stopwatch.GetTimestamp();
        using (var texts = await privacy.GetAsync($"/api/v1/incidents/{code}/texts?q=Measured")) texts.EnsureSuccessStatusCode();
        Add("list of texts");
        var waits = WaitsAsync(writer, other, out var stop);
        await Task.Delay(100);
        began = Stopwatch.GetTimestamp();
        await Setup.PostAsync(privacy, $"/api/v1/incidents/{code}/timeline/{note}/redact", new { reason = "A secret." });
        Add("redaction of a note");
        await stop.CancelAsync();
        Take("longest wait of another write", await waits);

        void Add(string what) => Take(what, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        void Take(string what, double ms) => (result.TryGetValue(what, out var list) ? list : result[what] = []).Add(ms);
    }

    private static Task<double> WaitsAsync(HttpClient writer, string code, out CancellationTokenSource stop)
    {
        var until = stop = new CancellationTokenSource();
        return Task.Run(async () =>
        {
            var longest = 0.0;
            while (!until.IsCancellationRequested)
            {
                var began = Stopwatch.GetTimestamp();
                await Setup.PostAsync(writer, $"/api/v1/incidents/{code}/notes", new { body = "Looked at." });
                longest = Math.Max(longest, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return longest;
        });
    }

    private static async Task<string> DeclareAsync(HttpClient client)
    {
        using var made = await client.PostAsJsonAsync("/api/v1/incidents", Setup.Declaration(1));
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    /// <summary>Records of the incident, and of others that have no more than an id; each with an entry on a timeline.</summary>
    private static void Fill(string file, int records, string code)
    {
        using var connection = RowSet.Open(file);
        using var transaction = connection.BeginTransaction();
        var incident = Guid.Parse((string)One(connection, $"SELECT Id FROM Incident WHERE Code = '{code}'")!);
        var head = new AuditHead((long)One(connection, "SELECT EntryCount FROM AuditHead")!,
            (string)One(connection, "SELECT LastHash FROM AuditHead")!);
        var now = TimeProvider.System.GetUtcNow();
        var (at, salt) = (DapperSetup.TimeText(now), new string('0', 32));
        var others = Enumerable.Range(0, Others).Select(_ => OrderedId.Next(now)).ToArray();
        var isIndexed = One(connection, "SELECT name FROM sqlite_master WHERE name = 'AuditSubject'") is not null;
        var row = Prepare(connection, """
            INSERT INTO AuditEntry (Sequence, At, ActorId, ActorName, ActorKind, Act, Subject, About, SubjectSalt, SubjectDigest, Payload,
              Salt, PayloadDigest, PreviousHash, Hash, HashVersion)
            VALUES (@Sequence, @At, @ActorId, @ActorName, 'Person', @Act, @Subject, @About, @Salt, @SubjectDigest, @Payload, @Salt,
              @PayloadDigest, @PreviousHash, @Hash, 2)
            """ + (isIndexed ? "; INSERT INTO AuditSubject (SubjectId, Sequence) VALUES (@About, @Sequence)" : ""),
            "Sequence", "At", "ActorId", "ActorName", "Act", "Subject", "About", "Salt", "SubjectDigest", "Payload", "PayloadDigest",
            "PreviousHash", "Hash");
        var line = Prepare(connection, """
            INSERT INTO TimelineEntry (Id, IncidentId, Kind, HappenedAt, RecordedAt, ActorId, ActorName, Title, Body, IsPinned, Revision,
              About)
            VALUES (@Id, @IncidentId, 'details', @At, @At, @Id, 'A responder', 'Summary changed', @Body, 0, 1, @About)
            """ + (isIndexed ? "; INSERT INTO TimelineSubject (SubjectId, EntryId) SELECT @About, @Id WHERE @About IS NOT NULL" : ""),
            "Id", "IncidentId", "At", "Body", "About");
        for (var n = 0; n < records; n++)
        {
            var isOwn = n % (records / Own) == 0;
            var about = isOwn ? incident : others[n % Others];
            var body = $"Grants looked at, number {n}: two tables of the workspace were still readable by the whole company.";
            (var e, head) = AuditChain.Next(head, new AuditFields(now, about, "A responder", ActorKind.Person, "incident.details-changed",
                isOwn ? $"incident {code}" : $"incident INC-{1_000 + (n % Others)}",
                JsonSerializer.Serialize(new { version = n, change = new { field = "summary", from = body, to = body } }), salt, salt)
            {
                About = about.ToString("D"),
            });
            Run(row, transaction, e.Sequence, at, about.ToString("D"), e.ActorName, e.Act, e.Subject, e.About, salt, e.SubjectDigest, e.Payload,
                e.PayloadDigest, e.PreviousHash, e.Hash);
            Run(line, transaction, OrderedId.Next(now).ToString("D"), about.ToString("D"), at, body,
                n % 10 == 0 ? others[(n + 1) % Others].ToString("D") : null);
        }
        _ = One(connection, $"UPDATE AuditHead SET EntryCount = {head.Count}, LastHash = '{head.LastHash}' RETURNING EntryCount");
        transaction.Commit();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string text, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters) command.Parameters.AddWithValue($"@{name}", DBNull.Value);
        return command;
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params object?[] values)
    {
        command.Transaction = transaction;
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = values[n] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private static object? One(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private static void Line(FormattableString text) => Console.WriteLine("   " + text.ToString(CultureInfo.InvariantCulture));
}
