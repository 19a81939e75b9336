using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

public sealed class DeclareIncidentTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await IncidentScene.CreateAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Title_SEV_and_a_program_are_sufficient_for_a_declaration()
    {
        var made = await _scene.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Readable by everybody", sev = 2, programs = new[] { new { program = "mci" } } });
        Assert.Equal(("INC-1", 1, "Investigating"), (made.Text("code"), made.GetProperty("version").GetInt32(), made.Text("status")));
        var read = await _scene.ReadAsync("INC-1");
        Assert.Equal("Source", read.GetProperty("programs")[0].Text("kind"));
        Assert.Equal("Responder", read.GetProperty("people")[0].Text("name"));
        Assert.Equal(read.GetProperty("timestamps").Text("declared"), read.GetProperty("timestamps").Text("acknowledged"));
        Assert.Equal(JsonValueKind.Null, read.GetProperty("clocks").GetProperty("secondsToAcknowledge").ValueKind);
    }

    [Fact]
    public async Task Open_incidents_are_numbered_without_gaps_even_after_refusals()
    {
        Assert.Equal("INC-1", await _scene.DeclareAsync());
        await _scene.Responder.PostAsync("/api/v1/incidents",
            new
            {
                title = "Detected tomorrow",
                sev = 2,
                programs = new[] { new { program = "MCI" } },
                detected = _scene.Hub.Clock.Now.AddDays(1)
            });
        Assert.Equal("INC-2", await _scene.DeclareAsync());
    }

    [Fact]
    public async Task The_policy_pauses_the_program_in_the_same_transaction()
    {
        var code = await _scene.DeclareAsync();
        var read = await _scene.ReadAsync(code);
        Assert.Equal(0, read.GetProperty("cycles")[0].GetProperty("secondsToPause").GetDouble());
        Assert.Contains((await _scene.TimelineAsync(code)), t => t.StartsWith("MCI paused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_without_collectors_is_proven_stopped_at_once() =>
        Assert.Equal(0, (await _scene.ReadAsync(await _scene.DeclareAsync())).GetProperty("cycles")[0].GetProperty("secondsToProvenStop")
            .GetDouble());

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_minor_incident_pauses_nothing(int sev)
    {
        var read = await _scene.ReadAsync(await _scene.DeclareAsync(sev));
        Assert.Equal(JsonValueKind.Null, read.GetProperty("cycles")[0].GetProperty("pauseOrdered").ValueKind);
    }

    [Fact]
    public async Task Omitted_facts_of_an_exposure_are_taken_from_the_dataset()
    {
        var made = await _scene.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Readable", sev = 2, exposures = new[] { new { dataset = "transcriptions", note = "Found by chance." } } });
        var exposure = (await _scene.ReadAsync(made.Text("code"))).GetProperty("exposures")[0];
        Assert.Equal(("WholeCompany", "No", 12_400_000L), (exposure.GetProperty("actualAudience").Text("scope"), exposure.Text("encrypted"),
            exposure.GetProperty("records").GetInt64()));
        Assert.Equal("research group", exposure.GetProperty("promisedAudience").Text("name"));
    }

    [Fact]
    public async Task The_timeline_begins_with_the_declaration_and_keeps_its_order()
    {
        var made = await _scene.Responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Readable",
            sev = 2,
            programs = new[] { new { program = "MCI" } },
            exposures = new[] { new { dataset = "transcriptions" } },
        });
        var told = await _scene.TimelineAsync(made.Text("code"));
        Assert.Equal(["Declared SEV 2 Major", "Exposure recorded: transcriptions", "MCI linked as source", "Severity advice: SEV 2 Major"],
            told[..4]);
    }

    [Fact]
    public async Task Markup_and_SQL_in_a_text_are_stored_as_text()
    {
        const string title = "<script>alert(1)</script> '); DROP TABLE Incident;--";
        var code = await _scene.DeclareAsync(title: title);
        Assert.Equal(title, (await _scene.ReadAsync(code)).Text("title"));
    }

    [Theory]
    [InlineData("employee")]
    [InlineData("owner")]
    [InlineData("executive")]
    [InlineData("administrator")]
    [InlineData("auditor")]
    public async Task Accounts_that_are_not_responders_may_not_declare(string account)
    {
        var answer = await (await _scene.Hub.AsAsync(account))
            .PostAsync("/api/v1/incidents", new { title = "x", sev = 2, programs = new[] { new { program = "MCI" } } });
        AssertProblem(answer, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Requests_with_the_same_idempotency_key_declare_one_incident()
    {
        _scene.Responder.DefaultRequestHeaders.Add("Idempotency-Key", "declare-1");
        var first = await _scene.DeclareAsync();
        Assert.Equal(first, await _scene.DeclareAsync());
        Assert.Equal(1, await CountAsync("Incident"));
    }

    private Task<int> CountAsync(string table) => _scene.Hub.CountAsync(table);
}
