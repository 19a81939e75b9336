using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Pauses;

/// <summary>The effects of the SEV policy on pauses during the life of an incident, over HTTP.</summary>
public sealed class PolicyRunTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Declaring_a_SEV_2_pauses_the_source_in_the_same_transaction()
    {
        var collector = await _world.CollectorAsync();
        await collector.AskAsync();
        var incident = await DeclareAsync(2);
        var pause = await OnlyPauseAsync();
        Assert.Equal(("Active", "Policy", incident), (pause.Text("status"), pause.Text("origin"), pause.Text("incident")));
        Assert.Equal(pause.GetProperty("placed").GetProperty("at").GetDateTimeOffset(), pause.GetProperty("activated").GetProperty("at")
            .GetDateTimeOffset());
        Assert.Null((await collector.AskAsync()).Permit);
    }

    [Fact]
    public async Task A_SEV_3_proposes_and_a_worse_SEV_activates_the_same_pause()
    {
        var incident = await DeclareAsync(3);
        var proposed = await OnlyPauseAsync();
        Assert.Equal("Proposed", proposed.Text("status"));
        await _world.Responder.MakeAsync($"/api/v1/incidents/{incident}/sev", new { sev = 2, reason = "More was exposed" });
        var pause = await OnlyPauseAsync();
        Assert.Equal(("Active", proposed.Text("id")), (pause.Text("status"), pause.Text("id")));
    }

    [Fact]
    public async Task A_lower_SEV_never_lifts_a_pause()
    {
        var incident = await DeclareAsync(2);
        await _world.Responder.MakeAsync($"/api/v1/incidents/{incident}/sev", new { sev = 4, reason = "Less than thought" });
        Assert.Equal("Active", (await OnlyPauseAsync()).Text("status"));
    }

    [Fact]
    public async Task A_declined_pause_is_not_proposed_again_by_another_change_of_links()
    {
        await _world.AddProgramAsync("OTHER");
        var incident = await DeclareAsync(3);
        var pause = await OnlyPauseAsync();
        await _world.Owner.MakeAsync($"/api/v1/pauses/{pause.Text("id")}/decline", new { reason = "Checked: nothing was exposed" });
        await _world.Responder.MakeAsync($"/api/v1/incidents/{incident}/programs", new { program = "OTHER", kind = "Source" });
        Assert.Equal("Declined", (await OnlyPauseAsync()).Text("status"));
        Assert.Single(await PausesAsync("OTHER"));
        _world.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.Responder.MakeAsync($"/api/v1/incidents/{incident}/sev", new { sev = 2, reason = "More was exposed" });
        Assert.Equal(["Active", "Declined"], (await PausesAsync("MCI")).Select(p => p.Text("status")));
    }

    [Fact]
    public async Task Reopening_reuses_the_active_pause()
    {
        var incident = await DeclareAsync(2);
        var before = await OnlyPauseAsync();
        await _world.Responder.MakeAsync($"/api/v1/incidents/{incident}/contain", new { });
        await _world.Responder.MakeAsync($"/api/v1/incidents/{incident}/reopen", new { reason = "The fix did not stick" });
        var after = await OnlyPauseAsync();
        Assert.Equal((before.Text("id"), "Active", before.GetProperty("epoch").GetInt64()),
            (after.Text("id"), after.Text("status"), after.GetProperty("epoch").GetInt64()));
        Assert.True(after.GetProperty("version").GetInt32() > before.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Each_of_two_incidents_keeps_the_program_paused()
    {
        await DeclareAsync(2);
        await DeclareAsync(1);
        Assert.Equal(2, (await PausesAsync("MCI")).Count(p => p.Text("status") == "Active"));
    }

    [Fact]
    public async Task Everybody_sees_that_a_program_is_paused_but_not_a_restricted_incident_behind_it()
    {
        var privacy = await _world.Hub.AsAsync("privacy");
        var declared = await privacy.MakeAsync("/api/v1/incidents",
            new
            {
                title = "Secret title",
                sev = 2,
                confidentiality = "Restricted",
                programs = new[] { new { program = "MCI", kind = "Source" } }
            });
        foreach (var blind in new[] { "executive", "owner", "auditor" })
        {
            var client = await _world.Hub.AsAsync(blind);
            var list = await client.ReadAsync("/api/v1/programs/MCI/pauses");
            var pause = list.GetProperty("items")[0];
            Assert.Equal("Active", pause.Text("status"));
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null),
                (pause.GetProperty("reason").ValueKind, pause.GetProperty("incident").ValueKind));
            var report = await client.ReadAsync($"/api/v1/pauses/{pause.Text("id")}");
            foreach (var text in new[] { list.ToString(), report.ToString() })
            {
                Assert.DoesNotContain("Secret title", text);
                Assert.DoesNotContain(declared.Text("code"), text);
            }
        }
        Assert.Equal(declared.Text("code"), (await privacy.ReadAsync("/api/v1/programs/MCI/pauses"))
            .GetProperty("items")[0].Text("incident"));
    }

    [Fact]
    public async Task A_person_may_name_only_a_visible_incident_as_the_cause_of_a_pause()
    {
        var code =
            (await _world.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Something small", sev = 4, programs = new[] { new { program = "MCI", kind = "Source" } } })).Text("code");
        var report = await _world.Owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "To be safe", incidentCode = code });
        Assert.Equal((code, "Person"), (report.GetProperty("pause").Text("incident"), report.GetProperty("pause").Text("origin")));
        AssertProblem(await _world.Owner.PostAsync("/api/v1/programs/MCI/pauses", new { reason = "To be safe", incidentCode = "INC-999" }),
            HttpStatusCode.NotFound);
        AssertProblem(
            await _world.Owner.PostAsync("/api/v1/programs/MCI/pauses",
            new { reason = "To be safe", incidentCode = code, drillSeconds = 60 }), HttpStatusCode.BadRequest, "incidentCode");
    }

    private async Task<string> DeclareAsync(int sev) =>
        (await _world.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Employee data readable", sev, programs = new[] { new { program = "MCI", kind = "Source" } } })).Text("code");

    private async Task<IReadOnlyList<JsonElement>> PausesAsync(string program) =>
        [.. (await _world.Responder.ReadAsync($"/api/v1/programs/{program}/pauses")).GetProperty("items").EnumerateArray()];

    private async Task<JsonElement> OnlyPauseAsync() => Assert.Single(await PausesAsync("MCI"));
}
