using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.LegalHolds;

/// <summary>Who may place and release holds, and where holds are recorded.</summary>
public sealed class LegalHoldTests : IAsyncLifetime
{
    private HoldScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await HoldScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("privacy", HttpStatusCode.Created)]
    [InlineData("counsel", HttpStatusCode.Created)]
    [InlineData("owner", HttpStatusCode.Forbidden)]
    [InlineData("responder", HttpStatusCode.Forbidden)]
    [InlineData("executive", HttpStatusCode.Forbidden)]
    [InlineData("administrator", HttpStatusCode.Forbidden)]
    [InlineData("auditor", HttpStatusCode.Forbidden)]
    [InlineData("employee", HttpStatusCode.Forbidden)]
    public async Task Only_privacy_and_counsel_may_place_holds(string account, HttpStatusCode expected)
    {
        Assert.Equal(expected, (await _scene.PlaceAsync(account)).Status);
        if (expected == HttpStatusCode.Forbidden)
            Assert.Equal(expected, (await _scene.ReleaseAsync(await _scene.PlacedAsync(), account)).Status);
    }

    [Fact]
    public async Task A_hold_is_on_the_timeline_and_in_the_audit_log_with_actor_time_and_reason_also_after_its_release()
    {
        var hold = await _scene.PlacedAsync();
        var shown = await HoldAsync();
        Assert.Equal((hold, "Matter 12: keep all.", "Counsel"),
            (shown.GetProperty("id").GetGuid(), shown.Text("reason"), shown.Text("placedBy")));
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("releasedAt").ValueKind);

        _scene.Gate.World.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NoContent, (await _scene.ReleaseAsync(hold, "privacy")).Status);
        var released = await HoldAsync();
        Assert.Equal(("Matter 12: keep all.", "The matter is closed.", "Privacy"),
            (released.Text("reason"), released.Text("releaseReason"), released.Text("releasedBy")));
        Assert.Equal(["Legal hold released", "Legal hold placed"], await ToldAsync(_scene.Incident));
        var acts = await _scene.Gate.World.AuditActsAsync();
        Assert.Contains("legal-hold.placed", acts);
        Assert.Contains("legal-hold.released", acts);
        // Every account can read the program's activity.
        Assert.Empty(await _scene.Gate.StoryAsync("legal-hold"));
    }

    [Fact]
    public async Task A_hold_and_its_release_need_a_reason_and_a_hold_is_released_only_once()
    {
        foreach (var reason in new[] { null, "", " \n", new string('x', 2_001), "a\0b" })
            ApiCalls.AssertProblem(await _scene.PlaceAsync("counsel", reason), HttpStatusCode.BadRequest, "reason");
        var hold = await _scene.PlacedAsync();
        ApiCalls.AssertProblem(await _scene.ReleaseAsync(hold, reason: ""), HttpStatusCode.BadRequest, "reason");
        Assert.Equal(HttpStatusCode.NoContent, (await _scene.ReleaseAsync(hold)).Status);
        var again = await _scene.ReleaseAsync(hold, reason: "Once more.");
        Assert.Equal((HttpStatusCode.Conflict, "already_released"), (again.Status, again.Body.Text("code")));
        Assert.Equal("The matter is closed.", (await HoldAsync()).Text("releaseReason"));
    }

    [Fact]
    public async Task Unknown_incidents_and_holds_are_not_found()
    {
        var hold = await _scene.PlacedAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await _scene.PlaceAsync("counsel", incident: "INC-999")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _scene.ReleaseAsync(Guid.Empty)).Status);
        var other = await _scene.DeclareAsync(false, "MCI");
        Assert.Equal(HttpStatusCode.NotFound, (await _scene.ReleaseAsync(hold, incident: other)).Status);
    }

    [Fact]
    public async Task The_hold_of_a_merged_incident_moves_to_the_surviving_one_and_new_holds_can_be_placed_only_there()
    {
        var hold = await _scene.PlacedAsync();
        var into = await _scene.DeclareAsync(false, "MCI");
        await (await _scene.AsAsync("responder")).MakeAsync(
            $"/api/v1/incidents/{_scene.Incident}/merge", new { into, reason = "The same hole." });
        Assert.Equal(["Legal hold taken over from " + _scene.Incident], await ToldAsync(into));
        var batch = await _scene.LateAsync();
        Assert.Contains(into, HoldScene.AssertHeldBack(await _scene.DisposeOfAsync("Purge", batch)));
        var placed = await _scene.PlaceAsync("counsel");
        Assert.Equal((HttpStatusCode.Conflict, "merged"), (placed.Status, placed.Body.Text("code")));
        Assert.Equal(HttpStatusCode.NoContent, (await _scene.ReleaseAsync(hold, incident: into)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _scene.DisposeOfAsync("Purge", batch)).Status);
    }

    [Fact]
    public async Task A_hold_from_a_merged_restricted_incident_names_it_only_to_those_who_may_see_it()
    {
        var (from, into) = (await _scene.DeclareAsync(true, "MCI"), await _scene.DeclareAsync(true, "MCI"));
        await _scene.PlacedAsync(incident: from);
        var privacy = await _scene.AsAsync("privacy");
        await privacy.MakeAsync($"/api/v1/incidents/{from}/merge", new { into, reason = "The same hole." });
        await privacy.MakeAsync($"/api/v1/incidents/{into}/confidentiality", new { confidentiality = "Open", reason = "It names nobody." });
        Assert.Equal(["Legal hold taken over from a restricted incident"], await ToldAsync(into, "executive"));
        Assert.Equal([$"Legal hold taken over from {from}"], await ToldAsync(into, "counsel"));
    }

    [Fact]
    public async Task Batches_that_were_purged_earlier_are_reported_because_a_purge_is_final()
    {
        var (first, second) = (await _scene.LateAsync(), await _scene.LateAsync());
        Assert.Equal(HttpStatusCode.OK, (await _scene.DisposeOfAsync("Purge", first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _scene.DisposeOfAsync("Seal", second)).Status);
        var (_, placed) = await _scene.PlaceAsync("counsel");
        Assert.Equal(1, placed.GetProperty("purgedBefore").GetInt32());
        var told = (await (await _scene.AsAsync("counsel")).ReadAsync($"/api/v1/incidents/{_scene.Incident}/timeline?kind=legal-hold"))
            .GetProperty("items")[0];
        Assert.Contains("the disposition of one quarantined batch was set to purge", told.Text("body"));
        // The earlier response to ingestion is unchanged.
        Assert.Equal(["Purge", "Seal"], (await _scene.Gate.DispositionsAsync()).GetProperty("items").EnumerateArray()
            .Select(d => d.Text("disposition")));
    }

    private async Task<JsonElement> HoldAsync() =>
        Assert.Single((await (await _scene.AsAsync("responder")).ReadAsync($"/api/v1/incidents/{_scene.Incident}"))
        .GetProperty("legalHolds").EnumerateArray());

    private async Task<IReadOnlyList<string>> ToldAsync(string incident, string account = "responder") =>
        [.. (await (await _scene.AsAsync(account)).ReadAsync($"/api/v1/incidents/{incident}/timeline?kind=legal-hold"))
            .GetProperty("items").EnumerateArray().Select(e => e.Text("title"))];
}
