using System.Text.Json;
using Dapper;
using IncidentHub.Tests.Support;
using Microsoft.Data.Sqlite;

namespace IncidentHub.Tests.Faults;

/// <summary>A real hub process that is killed while it reads an access log.</summary>
[Collection(nameof(RealProcesses))]
public sealed class KilledReviewTests(SharedHub shared)
{
    // Some seconds of reading: of a compressed log, what is before the checkpoint is decompressed again.
    private const int Rows = 6_000_000;

    private static readonly Dictionary<int, string> Planted =
        Enumerable.Range(1, 200).ToDictionary(i => (i * 29_989) + 1, i => $"outsider{i % 7}@example.com");

    [Fact]
    public async Task After_a_kill_the_reading_goes_on_where_it_was_and_finds_exactly_the_planted_accesses()
    {
        await using var program = await shared.ProgramAsync();
        var (responder, dataset) = (await program.AsAsync("responder"), $"log-{program.Code.ToLowerInvariant()}");
        await responder.MakeAsync("/api/v1/datasets", new
        {
            name = dataset,
            owner = "owner",
            classification = "Confidential",
            promisedAudience = new { scope = "NamedGroup", name = "research group" },
        });
        var incident = (await responder.MakeAsync("/api/v1/incidents",
            new { title = "A grant to everybody", sev = 4, programs = new[] { new { program = program.Code, kind = "Downstream" } } }))
            .Text("code");
        await responder.MakeAsync($"/api/v1/incidents/{incident}/exposures",
            new { dataset, from = AccessLogs.Start, until = AccessLogs.Start + (Rows * AccessLogs.Step) });
        var code = await LoadAsync(responder, incident, dataset);

        long read = 0;
        await Waiting.UntilAsync(async () =>
        {
            read = (await ReviewAsync(responder, code)).GetProperty("progress").GetProperty("rows").GetInt64();
            return read > 0;
        }, "a checkpoint is stored");
        await program.Hub.KillAsync();
        var stored = Checkpoint(program.Hub.DatabaseFile);
        Assert.InRange(stored, read, Rows - 1);

        await program.Hub.StartAgainAsync();
        responder = await program.AsAsync("responder");
        await Waiting.UntilAsync(async () => (await ReviewAsync(responder, code)).Text("status") == "Read", "the log is read");
        var result = (await ReviewAsync(responder, code)).GetProperty("result");
        Assert.Equal((Rows, Planted.Count, 7, 0), (result.GetProperty("rows").GetInt32(), result.GetProperty("accesses").GetInt32(),
            result.GetProperty("people").GetInt32(), result.GetProperty("gapCount").GetInt32()));
        var found = new List<int>();
        var accounts = await responder.ReadAsync($"/api/v1/access-reviews/{code}/accounts");
        foreach (var account in accounts.GetProperty("items").EnumerateArray())
        {
            var page = await responder.ReadAsync(
                $"/api/v1/access-reviews/{code}/accounts/{account.GetProperty("number").GetInt32()}/accesses?limit=250");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("row").GetInt32()));
        }
        Assert.Equal(Planted.Keys.Order(), found.Order());
    }

    private static async Task<string> LoadAsync(HttpClient responder, string incident, string dataset)
    {
        using var log = new MemoryStream();
        using (var zipped = new System.IO.Compression.GZipStream(log, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            AccessLogs.Write(zipped, Rows, Planted);
        var evidence = (await responder.MakeAsync($"/api/v1/incidents/{incident}/evidence",
            new FormBody("log.csv.gz", log.ToArray(), ("takenFrom", "The bucket"), ("takenAt", AccessLogs.Start.ToString("O")))))
            .Text("code");
        return (await responder.MakeAsync($"/api/v1/incidents/{incident}/access-reviews",
            new { dataset, evidence, preset = "Plain", audience = AccessLogs.Audience })).Text("code");
    }

    private static Task<JsonElement> ReviewAsync(HttpClient client, string code) => client.ReadAsync($"/api/v1/access-reviews/{code}");

    private static long Checkpoint(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection.QuerySingle<long>("SELECT MAX(RowsRead) FROM AccessReviewRun");
    }
}
