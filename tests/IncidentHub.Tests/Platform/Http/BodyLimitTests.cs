using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>What a body says is carried out or refused, never left aside.</summary>
public class BodyLimitTests(SharedIncidentScene shared) : IClassFixture<SharedIncidentScene>
{
    private readonly IncidentScene _scene = shared.Scene;

    [Theory]
    [InlineData("programs", """{"name":"k","scopes":["evaluate"],"programs":[]}""")]
    [InlineData("categories", """{"name":"k","scopes":["enrol"],"programs":["MCI"],"categories":[]}""")]
    [InlineData("categories", """{"name":"k","scopes":["enrol"],"programs":["MCI"],"categories":[null]}""")]
    [InlineData("categories", """{"name":"k","scopes":["enrol"],"programs":["MCI"],"categories":[" "]}""")]
    [InlineData("region", """{"name":"k","scopes":["enrol"],"programs":["MCI"],"region":""}""")]
    [InlineData("region", """{"name":"k","scopes":["enrol"],"programs":["MCI"],"region":" "}""")]
    public async Task An_empty_limit_of_a_key_is_refused_instead_of_meaning_no_limit(string field, string body) =>
        AssertProblem(await (await _scene.Hub.AsAsync("administrator")).PostAsync("/api/v1/keys", body), HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task A_program_that_is_named_twice_limits_a_key_once()
    {
        var administrator = await _scene.Hub.AsAsync("administrator");
        await administrator.MakeAsync("/api/v1/keys",
            new { name = "twice", scopes = new[] { "gate" }, programs = new[] { "MCI", "mci", " MCI" } });
        var key = (await administrator.ReadAsync("/api/v1/keys?program=MCI")).GetProperty("items").EnumerateArray()
            .Single(k => k.Text("name") == "twice");
        Assert.Equal("MCI", Assert.Single(key.GetProperty("programs").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[\"\"]")]
    [InlineData("[\"keystrokes\",\" \"]")]
    public async Task A_category_that_is_not_named_is_refused(string categories)
    {
        var incident = await _scene.DeclareAsync();
        AssertProblem(await _scene.TryAsync(incident, "exposures", $$"""{"dataset":"transcriptions","categories":{{categories}}}"""),
            HttpStatusCode.BadRequest, "categories");
    }

    [Fact]
    public async Task A_link_to_a_program_records_the_safeguards_that_are_broken()
    {
        var owner = await _scene.Hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs/TYP/safeguards", new { text = "Access locked down", source = "Launch memo" });
        var incident = await _scene.DeclareAsync(5);
        AssertProblem(await _scene.TryAsync(incident, "programs", new { program = "TYP", brokenSafeguards = new[] { 99, -1 } }),
            HttpStatusCode.BadRequest, "brokenSafeguards");
        await _scene.ActAsync(incident, "programs", new { program = "TYP", kind = "Downstream", brokenSafeguards = new[] { 1 } });
        var safeguard = (await owner.ReadAsync("/api/v1/programs/TYP")).GetProperty("safeguards")[0];
        Assert.True(safeguard.GetProperty("brokenByIncident").GetBoolean(), safeguard.ToString());
    }

    [Fact]
    public async Task A_code_or_name_that_never_changes_is_refused_where_it_differs()
    {
        var owner = await _scene.Hub.AsAsync("owner");
        var program = JsonSerializer.SerializeToNode(ProgramApiTests.Program("TYP"), JsonSerializerOptions.Web)!.AsObject();
        Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync(HttpMethod.Put, "/api/v1/programs/typ", program.ToJsonString())).Status);
        program["code"] = "OTHER";
        AssertProblem(await owner.SendAsync(HttpMethod.Put, "/api/v1/programs/TYP", program.ToJsonString()),
            HttpStatusCode.BadRequest, "code");
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Put, "/api/v1/datasets/transcriptions",
            new { name = "other", owner = "owner", promisedAudience = new { scope = "WholeCompany" } }), HttpStatusCode.BadRequest, "name");
    }

    [Theory]
    [InlineData("2026-05-27T10:00:00.123456789Z")]
    [InlineData("2026-05-27T10:00:00.12345678+01:00")]
    public async Task More_decimals_than_are_stored_are_taken(string time)
    {
        var incident = await _scene.DeclareAsync(5);
        await _scene.ActAsync(incident, "notes", new { body = "Seen.", happenedAt = time });
    }

    [Theory]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2026-05-27T10:00:00")]
    [InlineData("yesterday")]
    public async Task A_time_that_cannot_be_read_is_refused_with_an_example(string time)
    {
        var incident = await _scene.DeclareAsync(5);
        var refused = await _scene.TryAsync(incident, "notes", new { body = "Seen.", happenedAt = time });
        AssertProblem(refused, HttpStatusCode.BadRequest, "happenedAt");
        Assert.Contains("2026-11-20T10:00:00Z", refused.Body.ToString(), StringComparison.Ordinal);
    }
}
