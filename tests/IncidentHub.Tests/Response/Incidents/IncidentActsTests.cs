using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>Each test declares an incident of its own in one hub.</summary>
public sealed class IncidentActsTests(SharedIncidentScene shared) : IClassFixture<SharedIncidentScene>
{
    private readonly IncidentScene _scene = shared.Scene;

    [Fact]
    public async Task An_incident_reopened_after_an_ineffective_fix_has_two_cycles_to_compare()
    {
        var code = await _scene.DeclareAsync();
        _scene.Later(49);
        await _scene.ActAsync(code, "contain", new { note = "Grant revoked." });
        _scene.Later(11);
        var reopened = await _scene.ActAsync(code, "reopen", new { reason = "Two tables were readable again after the nightly job." });
        Assert.Equal((2, "Investigating"), (reopened.GetProperty("cycle").GetInt32(), reopened.Text("status")));
        _scene.Later(3);
        await _scene.ActAsync(code, "contain", new { });
        await _scene.ActAsync(code, "resolve", new { });
        await _scene.ActAsync(code, "close", new { note = "Reviewed." });

        var read = await _scene.ReadAsync(code);
        var cycles = read.GetProperty("cycles");
        Assert.Equal([49 * 60, 3 * 60], cycles.EnumerateArray().Select(c => (int)c.GetProperty("secondsToContain").GetDouble()));
        Assert.Equal(JsonValueKind.Null, cycles[0].GetProperty("secondsToResolve").ValueKind);
        Assert.Equal("Closed", read.Text("status"));
        Assert.Equal(JsonValueKind.Null, read.GetProperty("clocks").GetProperty("nextUpdateDueAt").ValueKind);
        Assert.Contains("Reopened, cycle 2", await _scene.TimelineAsync(code));
    }

    [Fact]
    public async Task A_reopening_keeps_the_active_pause()
    {
        var code = await _scene.DeclareAsync();
        _scene.Later(5);
        await _scene.ActAsync(code, "contain", new { });
        await _scene.ActAsync(code, "reopen", new { reason = "Again." });
        var told = await _scene.TimelineAsync(code);
        Assert.Single(told, t => t.StartsWith("MCI paused", StringComparison.Ordinal));
        Assert.Contains(told, t => t.Contains("kept for cycle 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_more_severe_SEV_activates_the_pause_and_a_stricter_clock()
    {
        var code = await _scene.DeclareAsync(sev: 4);
        Assert.Equal(JsonValueKind.Null, (await _scene.ReadAsync(code)).GetProperty("cycles")[0].GetProperty("pauseOrdered").ValueKind);
        _scene.Later(10);
        await _scene.ActAsync(code, "sev", new { sev = 1, reason = "Improper access confirmed." });
        var read = await _scene.ReadAsync(code);
        Assert.Equal(600, read.GetProperty("cycles")[0].GetProperty("secondsToPause").GetDouble());
        Assert.Equal("15 min", read.GetProperty("clocks").Text("acknowledgeWithin"));
        Assert.Equal(_scene.Hub.Clock.Now.AddMinutes(20), read.GetProperty("clocks").GetProperty("nextUpdateDueAt").GetDateTimeOffset());
        Assert.Equal(
            (4, 1), (read.GetProperty("sevChanges")[0].GetProperty("from").GetInt32(), read.GetProperty("sevChanges")[0].GetProperty("to")
            .GetInt32()));
    }

    [Fact]
    public async Task A_linked_source_is_paused_and_a_withdrawn_link_is_kept()
    {
        var code = await _scene.DeclareAsync();
        await _scene.ActAsync(code, "programs", new { program = "TYP", kind = "Downstream" });
        Assert.DoesNotContain(await _scene.TimelineAsync(code), t => t.StartsWith("TYP paused", StringComparison.Ordinal));
        var (status, _) = await _scene.Responder.SendAsync(HttpMethod.Patch, $"/api/v1/incidents/{code}/programs/TYP",
            new { kind = "Source", reason = "Its export did it." });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(await _scene.TimelineAsync(code), t => t.StartsWith("TYP paused", StringComparison.Ordinal));
        await _scene.ActAsync(code, "programs/TYP/withdraw", new { reason = "It was not." });
        var link = (await _scene.ReadAsync(code)).GetProperty("programs").EnumerateArray().Single(p => p.Text("program") == "TYP");
        Assert.Equal("It was not.", link.Text("withdrawnReason"));
    }

    [Fact]
    public async Task An_exposure_is_recorded_replaced_and_withdrawn()
    {
        var code = await _scene.DeclareAsync();
        await _scene.ActAsync(code, "exposures", new { dataset = "transcriptions" });
        var id = (await _scene.ReadAsync(code)).GetProperty("exposures")[0].Text("id");
        var (status, _) = await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/exposures/{id}",
            new { evidence = "UnderReview", records = 5 });
        Assert.Equal(HttpStatusCode.OK, status);
        var exposure = (await _scene.ReadAsync(code)).GetProperty("exposures")[0];
        Assert.Equal(("UnderReview", 5, JsonValueKind.Null),
            (exposure.Text("evidence"), exposure.GetProperty("records").GetInt32(), exposure.GetProperty("subjects").ValueKind));
        await _scene.ActAsync(code, $"exposures/{id}/withdraw", new { reason = "Another table." });
        Assert.Equal("Another table.", (await _scene.ReadAsync(code)).GetProperty("exposures")[0].Text("withdrawnReason"));
    }

    [Fact]
    public async Task The_severity_advice_is_computed_again_when_the_scope_changes_and_is_recorded()
    {
        var code = await _scene.DeclareAsync(sev: 3);
        Assert.Equal(JsonValueKind.Null, (await _scene.ReadAsync(code)).GetProperty("advice").ValueKind);
        await _scene.ActAsync(code, "exposures", new { dataset = "transcriptions" });
        var advice = (await _scene.ReadAsync(code)).GetProperty("advice");
        Assert.Equal((2, "3.25 = DPC 3 × EI 1 + CB 0.25"), (advice.GetProperty("suggestsSev").GetInt32(), advice.Text("sum")));
        var id = (await _scene.ReadAsync(code)).GetProperty("exposures")[0].Text("id");
        // Later than the first, because the timeline is sorted by time.
        _scene.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/exposures/{id}",
            new { categories = new[] { "health-data" }, note = "They speak of their health." });
        Assert.Equal(["Severity advice: SEV 2 Major", "Severity advice: SEV 1 Critical"], (await _scene.TimelineAsync(code))
            .Where(t => t.StartsWith("Severity advice", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_assessment_changes_the_advice_survives_changes_of_the_scope_and_is_stored_with_its_reason()
    {
        var code = await _scene.DeclareAsync(sev: 3);
        await _scene.ActAsync(code, "exposures", new { dataset = "transcriptions" });
        _scene.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await _scene.ActAsync(code, "assessment", new
        {
            identifiability = "Limited",
            integrity = "Partial",
            malicious = true,
            reason = "Pseudonyms only, but somebody altered rows."
        });
        var incident = await _scene.ReadAsync(code);
        Assert.Equal(("2.5 = DPC 3 × EI 0.5 + CB 1", 3, 3), (incident.GetProperty("advice").Text("sum"), incident.GetProperty("advice")
            .GetProperty("suggestsSev").GetInt32(), incident.GetProperty("sev").GetInt32()));
        Assert.True(incident.GetProperty("advice").GetProperty("manyPeople").GetBoolean());
        var kept = Assert.Single(incident.GetProperty("assessments").EnumerateArray());
        Assert.Equal(("Limited", JsonValueKind.Null, "Responder"),
            (kept.Text("identifiability"), kept.GetProperty("confidentiality").ValueKind, kept.Text("by")));

        _scene.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        var id = incident.GetProperty("exposures")[0].Text("id");
        await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/exposures/{id}",
            new { categories = new[] { "health-data" }, encrypted = "Yes" });
        var after = (await _scene.ReadAsync(code)).GetProperty("advice");
        Assert.Equal(("3 = DPC 4 × EI 0.5 + CB 1", true), (after.Text("sum"), after.GetProperty("unintelligible").GetBoolean()));
        Assert.Equal(
            ["Severity advice: SEV 2 Major", "Severity inputs assessed", "Severity advice: SEV 3 Moderate", "Severity advice: SEV 2 Major"],
            (await _scene.TimelineAsync(code)).Where(t => t.StartsWith("Severity", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_timestamp_is_corrected_and_the_previous_value_is_kept()
    {
        var code = await _scene.DeclareAsync();
        var at = _scene.Hub.Clock.Now.AddHours(-3);
        await _scene.ActAsync(code, "timestamps", new { timestamp = "Detected", at, reason = "Seen in the scanner's log." });
        Assert.Equal(at, (await _scene.ReadAsync(code)).GetProperty("timestamps").GetProperty("detected").GetDateTimeOffset());
        Assert.Contains("«Detected» corrected", await _scene.TimelineAsync(code));
    }

    [Fact]
    public async Task A_merged_incident_refers_to_the_surviving_one_and_its_pause_moves_there()
    {
        var first = await _scene.DeclareAsync(sev: 1);
        var second = await _scene.DeclareAsync(sev: 3, program: "TYP");
        var survivor = await _scene.ActAsync(first, "merge", new { into = second, reason = "The same hole." });
        Assert.Equal((second, 1), (survivor.Text("code"), survivor.GetProperty("sev").GetInt32()));
        var merged = await _scene.ReadAsync(first);
        Assert.Equal(("Merged", second), (merged.Text("status"), merged.Text("mergedInto")));
        Assert.Equal(["TYP", "MCI"], (await _scene.ReadAsync(second)).GetProperty("programs").EnumerateArray()
            .Select(p => p.Text("program")));
        var told = await _scene.TimelineAsync(second);
        Assert.DoesNotContain(told, t => t.StartsWith("MCI paused", StringComparison.Ordinal));
        AssertProblem(await _scene.TryAsync(first, "contain", new { }), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_stale_write_is_a_409_that_names_who_changed_what()
    {
        var code = await _scene.DeclareAsync();
        await _scene.ActAsync(code, "sev", new { sev = 1, reason = "Worse." });
        var stale = await _scene.TryAsync(code, "contain", new { expectedVersion = 1 });
        AssertProblem(stale, HttpStatusCode.Conflict);
        Assert.Equal("stale", stale.Body.Text("code"));
        Assert.Contains("SEV 2 Major changed to SEV 1 Critical", stale.Body.GetProperty("changes")[0].GetString());
        Assert.Contains("Responder", stale.Body.Text("detail"));
    }

    [Fact]
    public async Task A_stop_recorded_by_the_hub_makes_no_edit_stale()
    {
        var code = await _scene.DeclareAsync();
        await _scene.Hub.CountedAsync();
        await _scene.ActAsync(code, "contain", new { expectedVersion = 1 });
    }

    [Fact]
    public async Task Roles_are_assigned_and_released_by_account()
    {
        var code = await _scene.DeclareAsync();
        await _scene.ActAsync(code, "roles", new { role = "Scribe", account = "responder-2" });
        await _scene.ActAsync(code, "roles", new { role = "Commander", account = "responder-2" });
        Assert.Equal([("Commander", "Second responder"), ("Scribe", "Second responder")], (await _scene.ReadAsync(code))
            .GetProperty("people").EnumerateArray().Select(p => (p.Text("role"), p.Text("name"))));
        var (status, _) = await _scene.Responder.SendAsync(HttpMethod.Delete, $"/api/v1/incidents/{code}/roles/Scribe/responder-2");
        Assert.Equal(HttpStatusCode.OK, status);
        AssertProblem(await _scene.TryAsync(code, "roles", new { role = "Scribe", account = "nobody" }),
            HttpStatusCode.BadRequest, "account");
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("executive")]
    [InlineData("administrator")]
    [InlineData("auditor")]
    [InlineData("counsel")]
    public async Task Roles_with_read_permission_only_may_not_change_an_incident(string account)
    {
        var code = await _scene.DeclareAsync();
        var reader = await _scene.Hub.AsAsync(account);
        await reader.ReadAsync($"/api/v1/incidents/{code}");
        foreach (var (act, body) in new (string, object)[] { ("contain", new { }), ("sev", new { sev = 1, reason = "x" }),
            ("reopen", new { reason = "x" }), ("notes", new { body = "x" }), ("programs", new { program = "TYP" }) })
            AssertProblem(await reader.PostAsync($"/api/v1/incidents/{code}/{act}", body), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_reporter_may_not_read_incidents()
    {
        var code = await _scene.DeclareAsync();
        AssertProblem(await (await _scene.Hub.AsAsync("employee")).SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}"),
            HttpStatusCode.Forbidden);
    }
}
