using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using IncidentHub.Tests.Catalog.Datasets;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Lineage;

public sealed class LineageApiTests : IAsyncLifetime
{
    private const string Lineage = "/api/v1/lineage";
    private readonly TestHub _hub = new();
    private HttpClient _owner = null!;
    private HttpClient _pipeline = null!;

    public async ValueTask InitializeAsync()
    {
        _owner = await _hub.AsAsync("owner");
        foreach (var name in (string[])["s3-lake-prompts", "summaries", "scores"])
            await _owner.MakeAsync("/api/v1/datasets", DatasetApiTests.Dataset(name));
        _pipeline = await KeyAsync("administrator", null);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_run_states_lineage_once_in_the_name_of_the_key()
    {
        var answer = await SendAsync(Run("COMPLETE", ["prompts"], ["summaries", "scores"]));
        Assert.True(answer.GetProperty("counted").GetBoolean());
        Assert.Equal(["s3-lake-prompts > summaries True", "s3-lake-prompts > scores True"], Edges(answer));
        Assert.Equal(["s3-lake-prompts"], await UpstreamAsync("summaries"));
        var records = await RecordsAsync();
        Assert.Equal(["dataset summaries", "dataset scores"], records.Select(r => r.Text("subject")).Order().Reverse());
        Assert.All(records, r => Assert.Equal("Key Pipelines", r.Text("actorName")));

        // Sent again, and with another output.
        Assert.Equal(["s3-lake-prompts > summaries False", "s3-lake-prompts > scores False"],
            Edges(await SendAsync(Run("RUNNING", ["prompts"], ["summaries", "scores"]))));
        Assert.Equal(2, (await RecordsAsync()).Count);
        var auditor = await _hub.AsAsync("auditor");
        Assert.True((await auditor.ReadAsync("/api/v1/audit/verification")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_dataset_that_is_not_registered_is_answered_and_the_rest_is_stated()
    {
        var answer = await SendAsync(Run("COMPLETE", ["prompts", "Clicks"], ["summaries", "other/reports"]));
        Assert.Equal(["s3-lake-prompts > summaries True"], Edges(answer));
        Assert.Equal(["s3://lake/Clicks", "s3://lake/other/reports"], Texts(answer, "unknown"));
        Assert.Equal(HttpStatusCode.NotFound, (await _owner.GetAsync("/api/v1/datasets/clicks")).StatusCode);
    }

    [Theory]
    [InlineData("START")]
    [InlineData("FAIL")]
    [InlineData("ABORT")]
    [InlineData("OTHER")]
    public async Task A_run_that_proves_nothing_states_nothing(string type)
    {
        var answer = await SendAsync(Run(type, ["prompts"], ["summaries", "reports"]));
        Assert.False(answer.GetProperty("counted").GetBoolean());
        Assert.Empty(Edges(answer));
        Assert.Equal(["s3://lake/reports"], Texts(answer, "unknown"));
        Assert.Empty(await UpstreamAsync("summaries"));
    }

    [Fact]
    public async Task A_job_states_lineage_and_a_dataset_does_not()
    {
        var job = Run(null, ["prompts"], ["summaries"]);
        job.Remove("run");
        Assert.Equal(["s3-lake-prompts > summaries True"], Edges(await SendAsync(job)));
        var dataset = Event();
        dataset["dataset"] = Named("clicks");
        var answer = await SendAsync(dataset);
        Assert.False(answer.GetProperty("counted").GetBoolean());
        Assert.Equal(["s3://lake/clicks"], Texts(answer, "unknown"));
    }

    [Fact]
    public async Task What_producers_add_is_ignored()
    {
        var sent = Run("COMPLETE", ["prompts"], ["summaries"]);
        sent["colour"] = 1;
        sent["run"] = new { runId = Guid.CreateVersion7(), facets = new { parent = new { _producer = "x", job = new { name = "y" } } } };
        var facets = new { schema = new { fields = new[] { 1 } } };
        sent["inputs"] = new[] { new { @namespace = "s3://lake", name = "prompts", facets } };
        Assert.Equal(["s3-lake-prompts > summaries True"], Edges(await SendAsync(sent)));
    }

    [Fact]
    public async Task An_event_that_cannot_be_taken_is_refused_by_field_and_nothing_of_it_is_written()
    {
        AssertProblem(await _pipeline.PostAsync(Lineage, new { }), HttpStatusCode.BadRequest, "eventTime", "job", "producer", "schemaURL");
        async Task RefusedAsync(string field, object? value, string at)
        {
            var sent = Run("COMPLETE", ["prompts"], ["summaries"]);
            sent[field] = value;
            AssertProblem(await _pipeline.PostAsync(Lineage, sent), HttpStatusCode.BadRequest, at);
        }
        await RefusedAsync("eventType", "STOPPED", "eventType");
        await RefusedAsync("run", new { }, "run.runId");
        await RefusedAsync("run", null, "run");
        await RefusedAsync("job", new { name = "nightly" }, "job.namespace");
        await RefusedAsync("dataset", Named("clicks"), "dataset");
        await RefusedAsync("inputs", new object?[] { Named("prompts"), null }, "inputs[1]");
        await RefusedAsync("inputs", new[] { new { @namespace = "s3://lake" } }, "inputs[0].name");
        await RefusedAsync("outputs", new[] { Named("summaries"), Named(new string('x', 2_001)) }, "outputs[1].name");
        await RefusedAsync("inputs", Enumerable.Range(0, 251).Select(i => Named($"d{i}")), "inputs");
        var wide = Run("COMPLETE", [.. Enumerable.Range(0, 40).Select(i => $"in{i}")], [.. Enumerable.Range(0, 26).Select(i => $"out{i}")]);
        AssertProblem(await _pipeline.PostAsync(Lineage, wide), HttpStatusCode.BadRequest, "outputs");
        Assert.Empty(await UpstreamAsync("summaries"));
        Assert.Empty(await RecordsAsync());
    }

    [Fact]
    public async Task A_key_that_is_limited_to_programs_is_refused()
    {
        await _owner.MakeAsync("/api/v1/programs", ProgramApiTests.Program("MCI"));
        var narrow = await KeyAsync("owner", ["MCI"]);
        AssertProblem(await narrow.PostAsync(Lineage, Run("COMPLETE", ["prompts"], ["summaries"])), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Forty_inputs_and_outputs_are_stated_together()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"part-{i}")];
        foreach (var name in names) await _owner.MakeAsync("/api/v1/datasets", DatasetApiTests.Dataset(name));
        var answer = await SendAsync(Run("COMPLETE", names[..20], names[20..]));
        Assert.Equal(400, Edges(answer).Count(e => e.EndsWith("True", StringComparison.Ordinal)));
        Assert.Equal(20, (await UpstreamAsync("part-39")).Count);
    }

    private async Task<HttpClient> KeyAsync(string by, string[]? programs)
    {
        var key = await (await _hub.AsAsync(by)).MakeAsync(
            "/api/v1/keys", new { name = "Pipelines", scopes = new[] { "intake" }, programs });
        var client = _hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text("key"));
        return client;
    }

    private async Task<JsonElement> SendAsync(Dictionary<string, object?> sent)
    {
        var (status, answer) = await _pipeline.PostAsync(Lineage, sent);
        Assert.True(status == HttpStatusCode.OK, $"{status} {answer}");
        return answer;
    }

    private static Dictionary<string, object?> Event() => new()
    {
        ["eventTime"] = "2026-11-20T10:00:00.123Z",
        ["producer"] = "https://pipelines.example/1.0",
        ["schemaURL"] = "https://openlineage.io/spec/2-0-2/OpenLineage.json",
    };

    private static Dictionary<string, object?> Run(string? type, string[] inputs, string[] outputs) => new(Event())
    {
        ["eventType"] = type,
        ["run"] = new { runId = Guid.CreateVersion7() },
        ["job"] = new { @namespace = "airflow", name = "nightly" },
        ["inputs"] = inputs.Select(Named),
        ["outputs"] = outputs.Select(Named),
    };

    private static object Named(string name) => new { @namespace = "s3://lake", name };

    private static List<string> Edges(JsonElement answer) => [.. answer.GetProperty("edges").EnumerateArray()
        .Select(e => $"{e.Text("upstream")} > {e.Text("downstream")} {e.GetProperty("new").GetBoolean()}")];

    private static List<string> Texts(JsonElement answer, string member) =>
        [.. answer.GetProperty(member).EnumerateArray().Select(t => t.GetString()!)];

    private async Task<List<string>> UpstreamAsync(string name) =>
        Texts(await _owner.ReadAsync($"/api/v1/datasets/{name}"), "derivedFrom");

    private async Task<List<JsonElement>> RecordsAsync() =>
        [.. (await (await _hub.AsAsync("auditor")).ReadAsync("/api/v1/audit?act=lineage.stated")).GetProperty("items").EnumerateArray()];
}
