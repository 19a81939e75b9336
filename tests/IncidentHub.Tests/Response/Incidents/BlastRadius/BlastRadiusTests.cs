using System.Diagnostics;
using System.Net;
using System.Text.Json;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents.BlastRadius;

public sealed class BlastRadiusTests(ITestOutputHelper output) : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private string _code = "";

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _code = (await _scene.Responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Readable by everybody",
            sev = 5,
            exposures = new[] { new { dataset = "transcriptions", records = 640_000 } },
        })).Text("code");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task It_has_what_is_derived_and_the_programs_that_feed_it_with_the_way()
    {
        await DeriveAsync();
        var radius = await ReadAsync();
        Assert.Equal(
            [
                "transcriptions Dataset 0 exposed by ", "MCI Program 0  by transcriptions", "corpus Dataset 1  by transcriptions",
                "TYP Program 1  by corpus", "agent Model 2  by corpus",
            ],
            radius.GetProperty("nodes").EnumerateArray().Select(n =>
                $"{n.Text("name")} {n.Text("kind")} {n.GetProperty("step")} {(n.GetProperty("exposed").GetBoolean() ? "exposed" : "")} by "
                    + string.Join('+', n.GetProperty("through").EnumerateArray())));
        Assert.Equal(["MCI>transcriptions", "TYP>corpus", "corpus>agent", "transcriptions>corpus"],
            radius.GetProperty("links").EnumerateArray().Select(l => $"{l.Text("from")}>{l.Text("to")}").Order(StringComparer.Ordinal));
        // Of what was exposed the exposure's number counts, not the catalog's.
        Assert.Equal(640_000 + 1_000, radius.GetProperty("total").GetProperty("records").GetInt64());
        Assert.Equal((38_200L, JsonValueKind.Null), (radius.GetProperty("total").GetProperty("subjectsAtLeast").GetInt64(),
            radius.GetProperty("total").GetProperty("subjectsAtMost").ValueKind));
        Assert.False(radius.GetProperty("cut").GetBoolean());
    }

    [Fact]
    public async Task Suggestions_are_confirmed_together_and_are_gone_then()
    {
        await DeriveAsync();
        Assert.Equal(["MCI Source", "TYP Downstream", "corpus ", "agent "], Suggested(await ReadAsync()));
        await _scene.ActAsync(_code, "suggestions/confirm", new { programs = new[] { "mci", "TYP" }, datasets = new[] { "Corpus" } });
        var incident = await _scene.ReadAsync(_code);
        Assert.Equal(["MCI Source", "TYP Downstream"], incident.GetProperty("programs").EnumerateArray()
            .Select(p => $"{p.Text("program")} {p.Text("kind")}"));
        Assert.Equal(["transcriptions", "corpus"], incident.GetProperty("exposures").EnumerateArray().Select(e => e.Text("dataset")));
        // What fed the corpus is a source now, but linked already.
        Assert.Equal(["agent "], Suggested(await ReadAsync()));
    }

    [Fact]
    public async Task Confirming_one_that_is_not_suggested_refuses_all_at_its_place()
    {
        await DeriveAsync();
        var chosen = new { programs = new[] { "MCI" }, datasets = new[] { "agent", "other" } };
        AssertProblem(await _scene.TryAsync(_code, "suggestions/confirm", chosen), HttpStatusCode.BadRequest, "datasets[1]");
        Assert.Empty((await _scene.ReadAsync(_code)).GetProperty("programs").EnumerateArray());
    }

    [Fact]
    public async Task What_is_set_aside_is_kept_with_its_reason_and_is_on_the_timeline()
    {
        await DeriveAsync();
        await _scene.ActAsync(_code, "suggestions/set-aside",
            new { programs = new[] { "TYP" }, datasets = new[] { "corpus", "agent" }, reason = "Built from a copy of before." });
        var radius = await ReadAsync();
        Assert.Equal(["MCI Source"], Suggested(radius));
        Assert.Equal(["TYP", "corpus", "agent"], radius.GetProperty("setAside").EnumerateArray().Select(s => s.Text("name")));
        Assert.Contains("3 suggested links set aside", await _scene.TimelineAsync(_code));
    }

    [Fact]
    public async Task Confirming_a_source_pauses_it_where_the_level_says_so()
    {
        await DeriveAsync();
        await _scene.ActAsync(_code, "sev", new { sev = 2, reason = "It was read." });
        await _scene.ActAsync(_code, "suggestions/confirm", new { programs = new[] { "MCI", "TYP" }, datasets = Array.Empty<string>() });
        var owner = await _scene.Hub.AsAsync("owner");
        Assert.Equal("Active", (await owner.ReadAsync("/api/v1/programs/MCI/pauses")).GetProperty("items")[0].Text("status"));
        Assert.Empty((await owner.ReadAsync("/api/v1/programs/TYP/pauses")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Who_may_not_see_the_incident_finds_no_blast_radius_and_who_may_not_change_it_confirms_nothing()
    {
        await DeriveAsync();
        var executive = await _scene.Hub.AsAsync("executive");
        Assert.Equal(5, (await executive.ReadAsync($"/api/v1/incidents/{_code}/blast-radius")).GetProperty("nodes").GetArrayLength());
        var chosen = new { programs = new[] { "MCI" }, datasets = Array.Empty<string>() };
        AssertProblem(await executive.PostAsync($"/api/v1/incidents/{_code}/suggestions/confirm", chosen), HttpStatusCode.Forbidden);
        AssertProblem(await (await _scene.Hub.AsAsync("employee")).SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}/blast-radius"),
            HttpStatusCode.Forbidden);
        await (await _scene.Hub.AsAsync("privacy")).MakeAsync($"/api/v1/incidents/{_code}/confidentiality",
            new { confidentiality = "Restricted", reason = "Under investigation." });
        AssertProblem(await executive.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}/blast-radius"), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(2_000, false)]
    [InlineData(2_400, true)]
    public async Task The_number_of_queries_follows_the_steps_and_not_the_datasets(int count, bool cut)
    {
        await _scene.Responder.MakeAsync("/api/v1/datasets/import", new { csv = LineageTable.Csv("transcriptions", count) });
        var handler = _scene.Hub.Services.GetRequiredService<DatasetReader>();
        var (queries, took, reach) = await _scene.Hub.Db.ReadAsync(async sql =>
        {
            var root = (await handler.FindByNameAsync(sql, "transcriptions"))!.Id;
            await handler.ReachAsync(sql, [root], GetBlastRadiusHandler.Limit);
            var (counting, watch) = (new CountingSql(sql), Stopwatch.StartNew());
            var found = await handler.ReachAsync(counting, [root], GetBlastRadiusHandler.Limit);
            return (counting.Queries, watch.Elapsed, found);
        });
        var all = Stopwatch.StartNew();
        var radius = await ReadAsync();
        output.WriteLine($"{count} datasets: {queries} queries, {took.TotalMilliseconds:0} ms; over HTTP {all.ElapsedMilliseconds} ms");
        // One for each of six steps, and one that finds no more; then names, regions and programs.
        Assert.InRange(queries, 4, 10);
        Assert.Equal(cut, reach.IsCut);
        Assert.Equal(Math.Min(count, GetBlastRadiusHandler.Limit.Datasets) + 1, reach.Datasets.Count);
        Assert.Equal(cut, radius.GetProperty("cut").GetBoolean());
        Assert.Equal(reach.Datasets.Count, radius.GetProperty("total").GetProperty("datasets").GetInt32());
    }

    private Task<JsonElement> ReadAsync() => _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/blast-radius");

    private static string[] Suggested(JsonElement radius) =>
        [.. radius.GetProperty("suggestions").EnumerateArray().Select(s => $"{s.Text("name")} {s.GetProperty("kind")}")];

    // transcriptions, fed by MCI, into a corpus, fed by TYP, into a model.
    private async Task DeriveAsync()
    {
        foreach (var (name, kind, from, records) in ((string, string, string, int?)[])
            [("corpus", "Dataset", "transcriptions", 1_000), ("agent", "Model", "corpus", null)])
        {
            await _scene.Responder.MakeAsync("/api/v1/datasets", new
            {
                name,
                kind,
                owner = "owner",
                classification = "Internal",
                records,
                promisedAudience = new { scope = "WholeCompany" },
            });
            await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/datasets/{name}/upstream/{from}");
        }
        await _scene.Responder.SendAsync(HttpMethod.Put, "/api/v1/datasets/transcriptions/programs/MCI");
        await _scene.Responder.SendAsync(HttpMethod.Put, "/api/v1/datasets/corpus/programs/TYP");
    }

    private sealed class CountingSql(ISql inner) : ISql
    {
        public int Queries { get; private set; }
        public Engine Engine => inner.Engine;
        public IncidentHub.Platform.Database.Statements Statements => inner.Statements;

        public Task<IReadOnlyList<T>> QueryAsync<T>(string statement, object? args = null, params string[] options)
        {
            Queries++;
            return inner.QueryAsync<T>(statement, args, options);
        }

        public Task<T?> FirstOrDefaultAsync<T>(string statement, object? args = null, params string[] options)
        {
            Queries++;
            return inner.FirstOrDefaultAsync<T>(statement, args, options);
        }

        public Task<T> TogetherAsync<T>(IReadOnlyList<string> queries, object args, Func<Dapper.SqlMapper.GridReader, Task<T>> read)
        {
            Queries++;
            return inner.TogetherAsync(queries, args, read);
        }

        public Task<T> ScalarAsync<T>(string statement, object? args = null, params string[] options)
        {
            Queries++;
            return inner.ScalarAsync<T>(statement, args, options);
        }

        public Task<int> ExecuteAsync(string statement, object? args = null) => inner.ExecuteAsync(statement, args);
    }
}
