using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Catalog.Datasets;

public sealed class DatasetApiTests : IAsyncLifetime
{
    private readonly TestHub _hub = new();
    private HttpClient _owner = null!;
    private HttpClient _responder = null!;

    internal static object Dataset(string name, string kind = "Dataset", string owner = "owner") => new
    {
        name,
        kind,
        description = "What people wrote.",
        owner,
        classification = "Restricted",
        categories = new[] { "Private communications", "Prompts" },
        encryptionAtRest = "No",
        promisedAudience = new { scope = "NamedGroup", name = "research group" },
        actualAudience = new { scope = "WholeCompany" },
        records = 12_400_000L,
        subjects = 38_200,
        regions = new[] { "US" },
        retentionDays = 365,
        location = "lake/raw",
    };

    public async ValueTask InitializeAsync() => (_owner, _responder) = (await _hub.AsAsync("owner"), await _hub.AsAsync("responder"));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_dataset_is_registered_read_and_edited()
    {
        var made = await _owner.MakeAsync("/api/v1/datasets", Dataset("private-conversations"));
        Assert.True(made.GetProperty("overExposed").GetBoolean());
        Assert.Equal("research group", made.GetProperty("promisedAudience").Text("name"));
        var (status, edited) = await _owner.SendAsync(HttpMethod.Put, "/api/v1/datasets/private-conversations",
            new { owner = "owner", promisedAudience = new { scope = "NamedGroup", name = "research group" }, expectedVersion = 1 });
        Assert.Equal(
            (HttpStatusCode.OK, false, 2), (status, edited.GetProperty("overExposed")
            .GetBoolean(), edited.GetProperty("version").GetInt32()));
        Assert.Equal(JsonValueKind.Null, edited.GetProperty("actualAudience").ValueKind);

        var stale = await _responder.SendAsync(HttpMethod.Put, "/api/v1/datasets/private-conversations",
            new { owner = "owner", promisedAudience = new { scope = "Public" }, expectedVersion = 1 });
        AssertProblem(stale, HttpStatusCode.Conflict);
        Assert.Contains("Program owner", stale.Body.Text("detail"));
        Assert.Contains("encryption at rest", stale.Body.GetProperty("changes")[0].GetString());
    }

    [Fact]
    public async Task Unreadable_input_names_the_field()
    {
        foreach (var (body, field) in new[]
        {
            ("{\"kind\":\"Table\"}", "kind"), ("{\"records\":\"many\"}", "records"), ("{\"promisedAudience\":\"all\"}", "promisedAudience"),
                ("{\"promisedAudience\":{\"scope\":\"All\"}}", "promisedAudience.scope"),
            ("{\"records\":1e99}", "records"), ("{", "body"),
        })
        {
            AssertProblem(await _owner.PostAsync("/api/v1/datasets", body), HttpStatusCode.BadRequest, field);
        }
    }

    [Fact]
    public async Task Invalid_values_name_every_field_and_write_nothing()
    {
        AssertProblem(await _owner.PostAsync("/api/v1/datasets", new { owner = "nobody", actualAudience = new { name = "x" } }),
            HttpStatusCode.BadRequest, "owner", "promisedAudience", "actualAudience");
        AssertProblem(
            await _owner.PostAsync("/api/v1/datasets", new
            {
                name = "No Name",
                promisedAudience = new { scope = "Public" },
                records = -1,
                subjects = -1,
                retentionDays = -1,
                description = new string('x', 5000),
                regions = new[] { "Utopia" }
            }),
            HttpStatusCode.BadRequest, "name", "owner", "records", "subjects", "retentionDays", "description", "regions");
        Assert.Empty(await NamesAsync(""));
    }

    [Fact]
    public async Task Hostile_text_is_stored_and_returned_as_text()
    {
        const string hostile = "<img src=x onerror=alert(1)>'; DELETE FROM Dataset; --";
        await _owner.MakeAsync("/api/v1/datasets", new
        {
            name = "x-1",
            owner = "owner",
            description = hostile,
            location = hostile,
            promisedAudience = new { scope = "NamedGroup", name = hostile }
        });
        Assert.Equal(hostile, (await _owner.ReadAsync("/api/v1/datasets/x-1")).Text("description"));
        Assert.Empty(await NamesAsync($"?q={Uri.EscapeDataString(hostile)}"));
        Assert.Empty(await NamesAsync("?q=%25&category=%25"));
    }

    [Fact]
    public async Task Invalid_queries_name_the_parameter()
    {
        foreach (var (query, field) in new[] { ("?limit=-1", "limit"), ("?cursor=%25", "cursor"), ("?kind=Table", "kind"),
            ("?overExposed=perhaps", "overExposed"), ("?classification=9", "classification"), ("?colour=red", "colour"),
            ("?updatedSince=2026-06-01T10:00:00", "updatedSince"), ("?limit=1&limit=2", "limit") })
        {
            AssertProblem(await _owner.SendAsync(HttpMethod.Get, "/api/v1/datasets" + query), HttpStatusCode.BadRequest, field);
        }
    }

    [Fact]
    public async Task Unknown_datasets_are_not_found_and_only_permitted_people_write()
    {
        AssertProblem(await _owner.SendAsync(HttpMethod.Get, "/api/v1/datasets/none"), HttpStatusCode.NotFound);
        AssertProblem(await _owner.SendAsync(HttpMethod.Get, "/api/v1/datasets/none/downstream"), HttpStatusCode.NotFound);
        AssertProblem(
            await _owner.SendAsync(HttpMethod.Put, "/api/v1/datasets/none",
            new { owner = "owner", promisedAudience = new { scope = "Public" } }), HttpStatusCode.NotFound);
        await _owner.MakeAsync("/api/v1/datasets", Dataset("a-1"));
        AssertProblem(await (await _hub.AsAsync("owner-2")).SendAsync(HttpMethod.Put, "/api/v1/datasets/a-1", Dataset("a-1")),
            HttpStatusCode.Forbidden);
        AssertProblem(await (await _hub.AsAsync("auditor")).PostAsync("/api/v1/datasets", Dataset("a-2")), HttpStatusCode.Forbidden);
        AssertProblem(await (await _hub.AsAsync("employee")).SendAsync(HttpMethod.Get, "/api/v1/datasets/a-1"), HttpStatusCode.Forbidden);
        Assert.Equal("name_taken", (await _owner.PostAsync("/api/v1/datasets", Dataset("a-1"))).Body.Text("code"));
    }

    [Fact]
    public async Task The_blast_radius_contains_all_derived_datasets_nearest_first_and_the_programs_that_feed_them()
    {
        await _owner.MakeAsync("/api/v1/programs", ProgramApiTests.Program("MCI"));
        await _owner.MakeAsync("/api/v1/programs", ProgramApiTests.Program("TUNE"));
        foreach (var name in new[] { "raw", "clean", "corpus", "other" }) await _owner.MakeAsync("/api/v1/datasets", Dataset(name));
        await _owner.MakeAsync("/api/v1/datasets", Dataset("model-1", "Model"));
        foreach (var (down, up) in new[] { ("clean", "raw"), ("corpus", "clean"), ("corpus", "raw"), ("model-1", "corpus"),
            ("raw", "model-1") }) await PutAsync($"/api/v1/datasets/{down}/upstream/{up}");
        await PutAsync("/api/v1/datasets/raw/programs/MCI");
        await PutAsync("/api/v1/datasets/corpus/programs/TUNE");
        await PutAsync("/api/v1/datasets/corpus/programs/TUNE");

        var reach = await _responder.ReadAsync("/api/v1/datasets/raw/downstream");
        Assert.Equal([("clean", 1), ("corpus", 1), ("model-1", 2)], reach.GetProperty("derived").EnumerateArray()
            .Select(d => (d.Text("name"), d.GetProperty("distance").GetInt32())));
        Assert.Equal(["TUNE"], reach.GetProperty("programs").EnumerateArray().Select(p => p.GetString()!));
        var read = await _responder.ReadAsync("/api/v1/datasets/raw");
        Assert.Equal("MCI", read.GetProperty("fedBy")[0].GetString());
        Assert.Equal("model-1", read.GetProperty("derivedFrom")[0].GetString());
        Assert.Equal(["raw"], await NamesAsync("?program=mci"));

        Assert.Equal(HttpStatusCode.NoContent, (await _owner.SendAsync(HttpMethod.Delete, "/api/v1/datasets/corpus/upstream/raw")).Status);
        Assert.Equal(2, (await _responder.ReadAsync("/api/v1/datasets/raw/downstream")).GetProperty("derived")[1].GetProperty("distance")
            .GetInt32());
    }

    [Fact]
    public async Task A_wide_lineage_is_read_as_a_whole()
    {
        await _owner.MakeAsync("/api/v1/datasets", Dataset("root"));
        await _owner.MakeAsync("/api/v1/datasets", Dataset("end"));
        foreach (var n in Enumerable.Range(1, 40))
        {
            await _owner.MakeAsync("/api/v1/datasets", Dataset($"part-{n}"));
            await PutAsync($"/api/v1/datasets/part-{n}/upstream/root");
            await PutAsync($"/api/v1/datasets/end/upstream/part-{n}");
        }
        Assert.Equal(41, (await _owner.ReadAsync("/api/v1/datasets/root/downstream")).GetProperty("derived").GetArrayLength());
    }

    [Fact]
    public async Task An_invalid_link_is_refused()
    {
        await _owner.MakeAsync("/api/v1/datasets", Dataset("a-1"));
        AssertProblem(await _owner.SendAsync(HttpMethod.Put, "/api/v1/datasets/a-1/upstream/none"), HttpStatusCode.BadRequest, "upstream");
        AssertProblem(await _owner.SendAsync(HttpMethod.Put, "/api/v1/datasets/a-1/upstream/a-1"), HttpStatusCode.BadRequest, "downstream");
        AssertProblem(await _owner.SendAsync(HttpMethod.Put, "/api/v1/datasets/a-1/programs/NONE"), HttpStatusCode.NotFound);
        AssertProblem(await (await _hub.AsAsync("executive")).SendAsync(HttpMethod.Put, "/api/v1/datasets/a-1/upstream/a-1"),
            HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Lists_are_paged_by_name_and_filtered()
    {
        foreach (var n in Enumerable.Range(1, 5)) await _owner.MakeAsync("/api/v1/datasets", Dataset($"set-{n}"));
        await _owner.MakeAsync(
            "/api/v1/datasets", new { name = "quiet", kind = "Model", owner = "owner", promisedAudience = new { scope = "Public" } });
        var first = await _owner.ReadAsync("/api/v1/datasets?limit=4");
        var second = await _owner.ReadAsync("/api/v1/datasets?limit=4&cursor=" + first.Text("nextCursor"));
        Assert.Equal(["quiet", "set-1", "set-2", "set-3", "set-4", "set-5"], first.GetProperty("items").EnumerateArray()
            .Concat(second.GetProperty("items").EnumerateArray()).Select(d => d.Text("name")));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal(["quiet"], await NamesAsync("?kind=Model"));
        Assert.Equal(5, (await NamesAsync("?overExposed=true&encryptionAtRest=No&classification=Restricted&category=prompts")).Count);
        Assert.Equal(["set-3"], await NamesAsync("?q=3"));
    }

    private async Task PutAsync(string path) =>
        Assert.Equal(HttpStatusCode.NoContent, (await _owner.SendAsync(HttpMethod.Put, path)).Status);

    private async Task<List<string>> NamesAsync(string query) =>
        [.. (await _owner.ReadAsync("/api/v1/datasets" + query)).GetProperty("items").EnumerateArray().Select(d => d.Text("name"))];
}
