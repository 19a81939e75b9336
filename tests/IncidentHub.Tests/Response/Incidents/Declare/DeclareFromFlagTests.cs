using System.Net;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

public sealed class DeclareFromFlagTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private string _flag = null!;
    private DateTimeOffset _flagged;

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _flagged = _scene.Hub.Clock.Now;
        _flag = (await (await _scene.Hub.AsAsync("employee"))
            .MakeAsync("/api/v1/flags", new
            {
                text = "I could open other people's transcriptions.",
                data = "Sensitive",
                audience = "WholeCompany",
                stillOpen = "Yes"
            })).Text("code");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private object Body(string flag) =>
        new { title = "Readable by everybody", sev = 2, flag, programs = new[] { new { program = "MCI" } } };

    [Fact]
    public async Task An_incident_declared_from_a_flag_has_the_flags_timestamps_and_its_timeline_begins_with_the_flag()
    {
        _scene.Later(6);
        await _scene.Responder.MakeAsync($"/api/v1/flags/{_flag}/acknowledge", new { });
        _scene.Later(6);
        var code = (await _scene.Responder.MakeAsync("/api/v1/incidents", Body(_flag))).Text("code");
        var read = await _scene.ReadAsync(code);
        Assert.Equal(_flagged, read.GetProperty("timestamps").GetProperty("flagged").GetDateTimeOffset());
        Assert.Equal((360d, true), (read.GetProperty("clocks").GetProperty("secondsToAcknowledge").GetDouble(), read.GetProperty("clocks")
            .GetProperty("acknowledgedInTime").GetBoolean()));
        Assert.Equal([$"Flag {_flag} raised", $"Flag {_flag} acknowledged", "Declared SEV 2 Major"],
            (await _scene.TimelineAsync(code))[..3]);
        Assert.Equal("Declared", (await _scene.Responder.ReadAsync($"/api/v1/flags/{_flag}")).Text("status"));
    }

    [Fact]
    public async Task Declaring_acknowledges_a_waiting_flag()
    {
        _scene.Later(45);
        var code = (await _scene.Responder.MakeAsync("/api/v1/incidents", Body(_flag.ToLowerInvariant()))).Text("code");
        var clocks = (await _scene.ReadAsync(code)).GetProperty("clocks");
        Assert.Equal(
            (2700d, false), (clocks.GetProperty("secondsToAcknowledge").GetDouble(), clocks.GetProperty("acknowledgedInTime")
            .GetBoolean()));
    }

    [Fact]
    public async Task A_flag_is_declared_as_one_incident_only()
    {
        await _scene.Responder.MakeAsync("/api/v1/incidents", Body(_flag));
        AssertProblem(await _scene.Responder.PostAsync("/api/v1/incidents", Body(_flag)), HttpStatusCode.Conflict);
        Assert.Single((await _scene.Responder.ReadAsync("/api/v1/incidents")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_unknown_flag_is_refused_at_its_field() =>
        AssertProblem(await _scene.Responder.PostAsync("/api/v1/incidents", Body("F-999")), HttpStatusCode.BadRequest, "flag");

    [Fact]
    public async Task A_declaration_that_is_refused_leaves_the_flag_waiting()
    {
        AssertProblem(
            await _scene.Responder.PostAsync("/api/v1/incidents",
            new
            {
                title = "x",
                sev = 2,
                flag = _flag,
                programs = new[] { new { program = "MCI" } },
                detected = _scene.Hub.Clock.Now.AddDays(1)
            }), HttpStatusCode.BadRequest, "detected");
        Assert.Equal("Waiting", (await _scene.Responder.ReadAsync($"/api/v1/flags/{_flag}")).Text("status"));
    }

    [Fact]
    public async Task The_reporters_text_is_visible_to_triage_only()
    {
        var code = (await _scene.Responder.MakeAsync("/api/v1/incidents", Body(_flag))).Text("code");
        var told = (await (await _scene.Hub.AsAsync("executive")).ReadAsync($"/api/v1/incidents/{code}/timeline")).ToString();
        Assert.DoesNotContain("other people", told);
        Assert.DoesNotContain("Employee", told);
    }

    [Fact]
    public async Task Safeguards_marked_broken_are_broken_in_the_same_transaction()
    {
        await (await _scene.Hub.AsAsync("owner")).MakeAsync(
            "/api/v1/programs/MCI/safeguards", new { text = "Access locked down", source = "launch memo" });
        var broken = new { title = "Readable", sev = 2, programs = new[] { new { program = "MCI", brokenSafeguards = new[] { 1 } } } };
        await _scene.Responder.MakeAsync("/api/v1/incidents", broken);
        var promise = (await _scene.Responder.ReadAsync("/api/v1/programs/MCI")).GetProperty("safeguards")[0];
        Assert.Equal(("Broken", true), (promise.Text("status"), promise.GetProperty("brokenByIncident").GetBoolean()));
    }

    [Fact]
    public async Task An_unknown_safeguard_cannot_be_broken()
    {
        var broken = new { title = "Readable", sev = 2, programs = new[] { new { program = "MCI", brokenSafeguards = new[] { 1 } } } };
        AssertProblem(await _scene.Responder.PostAsync("/api/v1/incidents", broken), HttpStatusCode.BadRequest,
            "programs[0].brokenSafeguards");
    }
}
