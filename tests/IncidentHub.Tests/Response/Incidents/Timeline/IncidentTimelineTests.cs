using System.Net;
using System.Text.Json;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>Each test declares an incident of its own in one hub.</summary>
public sealed class IncidentTimelineTests(SharedIncidentScene shared) : IClassFixture<SharedIncidentScene>, IAsyncLifetime
{
    private readonly IncidentScene _scene = shared.Scene;
    private string _code = null!;

    public async ValueTask InitializeAsync() => _code = await _scene.DeclareAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_revised_note_keeps_every_earlier_text()
    {
        var id = (await _scene.ActAsync(_code, "notes", new { body = "First thought." })).Text("id");
        await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{_code}/notes/{id}", new { body = "Second thought." });
        await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{_code}/notes/{id}",
            new { body = "Third thought.", expectedRevision = 2 });
        var revisions = await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/notes/{id}/revisions");
        Assert.Equal(["First thought.", "Second thought."], revisions.GetProperty("items").EnumerateArray().Select(r => r.Text("body")));
        var entry = (await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?kind=note")).GetProperty("items")[0];
        Assert.Equal(("Third thought.", 3), (entry.Text("body"), entry.GetProperty("revision").GetInt32()));
        AssertProblem(
            await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{_code}/notes/{id}",
            new { body = "Stale.", expectedRevision = 2 }), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Notes_of_other_people_and_entries_of_the_hub_cannot_be_revised()
    {
        var id = (await _scene.ActAsync(_code, "notes", new { body = "Mine." })).Text("id");
        AssertProblem(await (await _scene.Hub.AsAsync("privacy"))
            .SendAsync(HttpMethod.Put, $"/api/v1/incidents/{_code}/notes/{id}", new { body = "Yours." }), HttpStatusCode.Forbidden);
        var declared = (await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?kind=declared"))
            .GetProperty("items")[0].Text("id");
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{_code}/notes/{declared}",
            new { body = "It never was." }), HttpStatusCode.Conflict);
        var other = await _scene.DeclareAsync();
        AssertProblem(
            await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{other}/notes/{id}", new { body = "Elsewhere." }),
            HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_update_resets_the_update_clock_and_a_note_does_not()
    {
        var due = (await _scene.ReadAsync(_code)).GetProperty("clocks").GetProperty("nextUpdateDueAt").GetDateTimeOffset();
        Assert.Equal(_scene.Hub.Clock.Now.AddHours(1), due);
        _scene.Later(20);
        await _scene.ActAsync(_code, "notes", new { body = "Looking." });
        Assert.Equal(due, (await _scene.ReadAsync(_code)).GetProperty("clocks").GetProperty("nextUpdateDueAt").GetDateTimeOffset());
        await _scene.ActAsync(_code, "updates", new { condition = "We are revoking the grants." });
        Assert.Equal(_scene.Hub.Clock.Now.AddHours(4), (await _scene.ReadAsync(_code)).GetProperty("clocks").GetProperty("nextUpdateDueAt")
            .GetDateTimeOffset());
    }

    [Fact]
    public async Task A_late_update_is_marked_with_how_late_it_was_and_one_in_time_is_not()
    {
        var due = _scene.Hub.Clock.Now.AddHours(1);
        _scene.Later(30);
        await _scene.ActAsync(_code, "updates", new { condition = "In time." });
        _scene.Later((4 * 60) + 7);
        await _scene.ActAsync(_code, "updates", new { condition = "Late.", actions = "Reading the log.", needs = "A second reader." });
        var sent = (await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?kind=update")).GetProperty("items");
        Assert.Equal([7 * 60, 0], sent.EnumerateArray().Select(e => e.GetProperty("data").GetProperty("lateSeconds").GetInt64()));
        Assert.Equal(due, sent[1].GetProperty("data").GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal("Condition\nLate.\n\nActions\nReading the log.\n\nNeeds\nA second reader.", sent[0].Text("body"));
    }

    [Fact]
    public async Task An_update_is_revised_in_its_parts_and_the_clock_stays()
    {
        var id = (await _scene.ActAsync(_code, "updates", new { condition = "Open." })).Text("id");
        var due = (await _scene.ReadAsync(_code)).GetProperty("clocks").Text("nextUpdateDueAt");
        _scene.Later(5);
        var path = $"/api/v1/incidents/{_code}";
        AssertProblem(await PutAsync($"notes/{id}", new { body = "Text." }), HttpStatusCode.Conflict);
        AssertProblem(await PutAsync($"updates/{id}", new { condition = " " }), HttpStatusCode.BadRequest, "condition");
        var (status, _) = await PutAsync($"updates/{id}", new { condition = "Closed.", needs = "Nothing more." });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Condition\nClosed.\n\nActions\nNone.\n\nNeeds\nNothing more.",
            (await _scene.Responder.ReadAsync($"{path}/notes/{id}")).Text("body"));
        Assert.Equal(due, (await _scene.ReadAsync(_code)).GetProperty("clocks").Text("nextUpdateDueAt"));
        var note = (await _scene.ActAsync(_code, "notes", new { body = "A note." })).Text("id");
        AssertProblem(await PutAsync($"updates/{note}", new { condition = "x" }), HttpStatusCode.Conflict);
        AssertProblem(await _scene.TryAsync(_code, "notes", new { kind = "Update", body = "Free text." }),
            HttpStatusCode.BadRequest, "kind");

        Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(string at, object body) =>
            _scene.Responder.SendAsync(HttpMethod.Put, $"{path}/{at}", body);
    }

    [Fact]
    public async Task The_incident_says_its_cadence()
    {
        var clocks = (await _scene.ReadAsync(_code)).GetProperty("clocks");
        Assert.Equal(("1 h", "4 h"), (clocks.Text("firstUpdateWithin"), clocks.Text("updateEvery")));
    }

    [Fact]
    public async Task An_observation_is_placed_at_the_time_of_the_observation()
    {
        _scene.Later(10);
        var seen = _scene.Hub.Clock.Now.AddMinutes(-7);
        await _scene.ActAsync(_code, "notes", new { kind = "Observation", body = "Readable from a laptop.", happenedAt = seen });
        var entry = (await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?kind=observation")).GetProperty("items")[0];
        Assert.Equal(seen, entry.GetProperty("happenedAt").GetDateTimeOffset());
        Assert.Equal(_scene.Hub.Clock.Now, entry.GetProperty("recordedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Entries_are_filtered_by_kind_and_by_pin()
    {
        await _scene.ActAsync(_code, "notes", new { body = "A note." });
        _scene.Later(1);
        await _scene.ActAsync(_code, "updates", new { condition = "An update.", pinned = true });
        async Task<string[]> BodiesAsync(string query) =>
            [.. (await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline{query}")).GetProperty("items").EnumerateArray()
                .Select(e => e.Text("body"))];
        const string update = "Condition\nAn update.\n\nActions\nNone.\n\nNeeds\nNone.";
        Assert.Equal([update, "A note."], await BodiesAsync("?kind=note&kind=update"));
        Assert.Equal([update], await BodiesAsync("?pinned=true"));
        var id = (await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?pinned=true")).GetProperty("items")[0].Text("id");
        await _scene.Responder.SendAsync(HttpMethod.Delete, $"/api/v1/incidents/{_code}/timeline/{id}/pin");
        Assert.Empty(await BodiesAsync("?pinned=true"));
    }

    [Fact]
    public async Task Every_filter_of_the_page_is_one_that_the_timeline_takes()
    {
        Assert.InRange(IncidentTimeline.Filters.Length, 5, 10);
        foreach (var (key, _, kinds) in IncidentTimeline.Filters)
        {
            var query = string.Join('&', kinds.Select(k => $"kind={k}"));
            var (status, body) = await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}/timeline?{query}");
            Assert.True(status == HttpStatusCode.OK, $"{key}: {body}");
        }
    }

    [Theory]
    [InlineData("zzz")]
    [InlineData("note&kind=nots")]
    [InlineData("")]
    public async Task A_kind_that_no_entry_has_is_refused_with_those_that_there_are(string kind)
    {
        var (status, body) = await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}/timeline?kind={kind}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("note, obligation, observation, pause", body.GetProperty("errors").GetProperty("kind")[0].GetString());
    }

    [Fact]
    public async Task Every_kind_of_entry_that_a_story_of_all_commands_leaves_can_be_asked_for()
    {
        await using var story = await CommandStory.StartAsync();
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            await story.SendAsync(step);
        }
        var kinds = await story.Hub.QueryAsync<string>("SELECT DISTINCT Kind FROM TimelineEntry WHERE IncidentId IS NOT NULL");
        Assert.InRange(kinds.Count, 15, 60);
        foreach (var kind in kinds)
            await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?kind={kind.ToUpperInvariant()}");
    }

    [Fact]
    public async Task Pages_of_the_timeline_join_without_a_gap_or_a_repeat()
    {
        for (var i = 0; i < 7; i++) await _scene.ActAsync(_code, "notes", new { body = $"Note {i}" });
        var whole = (await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?limit=250")).GetProperty("items")
            .EnumerateArray().Select(e => e.Text("id")).ToArray();
        var joined = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _scene.Responder.ReadAsync($"/api/v1/incidents/{_code}/timeline?limit=3&cursor={cursor}");
            joined.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.Text("id")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(whole, joined);
    }
}
