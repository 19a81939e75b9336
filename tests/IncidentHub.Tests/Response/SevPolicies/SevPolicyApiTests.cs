using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.SevPolicies;

public sealed class SevPolicyApiTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private HttpClient _administrator = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _administrator = await _scene.Hub.AsAsync("administrator");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private async Task<JsonObject> EditedAsync(Action<JsonArray> edit, string reason = "Agreed.", int? expectedVersion = null)
    {
        var policy = JsonNode.Parse((await _administrator.ReadAsync("/api/v1/policy")).GetRawText())!;
        var levels = policy["levels"]!.DeepClone().AsArray();
        edit(levels);
        return new JsonObject { ["levels"] = levels, ["reason"] = reason, ["expectedVersion"] = expectedVersion };
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(HttpClient who, JsonObject body) =>
        who.SendAsync(HttpMethod.Put, "/api/v1/policy", body.ToJsonString());

    [Fact]
    public async Task An_open_cycle_keeps_its_version_of_the_policy_and_the_next_cycle_uses_the_new_one()
    {
        var code = await _scene.DeclareAsync();
        var (status, put) = await PutAsync(_administrator, await EditedAsync(l => l[2]!["acknowledge"] = "20 min"));
        Assert.Equal((HttpStatusCode.OK, 2), (status, put.GetProperty("version").GetInt32()));
        Assert.Equal("30 min", (await _scene.ReadAsync(code)).GetProperty("clocks").Text("acknowledgeWithin"));
        await _scene.ActAsync(code, "contain", new { });
        await _scene.ActAsync(code, "reopen", new { reason = "Again." });
        var read = await _scene.ReadAsync(code);
        Assert.Equal("20 min", read.GetProperty("clocks").Text("acknowledgeWithin"));
        Assert.Equal([1, 2], read.GetProperty("cycles").EnumerateArray().Select(c => c.GetProperty("policyVersion").GetInt32()));
    }

    [Fact]
    public async Task Every_version_of_the_policy_remains_readable()
    {
        await PutAsync(_administrator, await EditedAsync(l => l[2]!["updateEvery"] = "2 h", "Four hours are long."));
        var versions = await _administrator.ReadAsync("/api/v1/policy/versions");
        Assert.Equal([(2, "Four hours are long."), (1, "The hub's first policy.")], versions.GetProperty("items").EnumerateArray()
            .Select(v => (v.GetProperty("version").GetInt32(), v.Text("reason"))));
        Assert.Equal("4 h", (await _administrator.ReadAsync("/api/v1/policy/versions/1")).GetProperty("levels")[2].Text("updateEvery"));
        Assert.Equal("2 h", (await _administrator.ReadAsync("/api/v1/policy")).GetProperty("levels")[2].Text("updateEvery"));
        AssertProblem(await _administrator.SendAsync(HttpMethod.Get, "/api/v1/policy/versions/9"), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("responder")]
    [InlineData("privacy")]
    [InlineData("executive")]
    [InlineData("employee")]
    public async Task Only_an_administrator_may_edit_the_policy(string account) =>
        AssertProblem(await PutAsync(await _scene.Hub.AsAsync(account), await EditedAsync(l => l[2]!["acknowledge"] = "20 min")),
            HttpStatusCode.Forbidden);

    [Fact]
    public async Task An_edit_of_an_older_version_is_refused()
    {
        await PutAsync(_administrator, await EditedAsync(l => l[2]!["acknowledge"] = "20 min"));
        AssertProblem(await PutAsync(_administrator, await EditedAsync(l => l[2]!["acknowledge"] = "25 min", expectedVersion: 1)),
            HttpStatusCode.Conflict);
    }

    public static TheoryData<string, string> BadLevels() => new()
    {
        { "levels[2].acknowledge", """{"acknowledge":"soon"}""" },
        { "levels[2].acknowledge", """{"acknowledge":null}""" },
        { "levels[2].means", """{"means":""}""" },
        { "levels[3].proposalDeadline", """{"sev":3,"proposalDeadline":null}""" },
        { "levels[1].pause", """{"sev":1,"pause":"None"}""" },
        { "levels[2].resumeApprovals", """{"resumeApprovals":[]}""" },
        { "levels[2].pause", """{"pause":"Sometimes"}""" },
        { "levels[2].resumeApprovals[0]", """{"resumeApprovals":["Janitor"]}""" },
    };

    [Theory]
    [MemberData(nameof(BadLevels))]
    public async Task An_invalid_level_is_refused_at_its_field_and_publishes_no_version(string field, string change)
    {
        var changes = JsonNode.Parse(change)!.AsObject();
        var index = changes["sev"]?.GetValue<int>() ?? 2;
        AssertProblem(await PutAsync(_administrator, await EditedAsync(l =>
        {
            foreach (var (name, value) in changes) l[index]![name] = value?.DeepClone();
        })), HttpStatusCode.BadRequest, field);
        Assert.Equal(1, (await _administrator.ReadAsync("/api/v1/policy")).GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("levels", """{"reason":"x"}""")]
    [InlineData("levels", """{"reason":"x","levels":[]}""")]
    [InlineData("levels", """{"reason":"x","levels":[null]}""")]
    [InlineData("levels", """{"reason":"x","levels":"all"}""")]
    public async Task A_policy_without_its_levels_is_refused(string field, string body) =>
        AssertProblem(await _administrator.SendAsync(HttpMethod.Put, "/api/v1/policy", body), HttpStatusCode.BadRequest, field);
}
