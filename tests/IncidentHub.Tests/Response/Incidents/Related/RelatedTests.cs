using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>Links, series and what was seen before tell nobody of an incident that they may not see.</summary>
public sealed class RelatedTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private HttpClient _outsider = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _outsider = await _scene.Hub.AsAsync("responder-2");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_link_is_shown_on_both_incidents_and_keeps_its_history_when_it_is_removed()
    {
        var (one, two) = (await _scene.DeclareAsync(), await _scene.DeclareAsync());
        await _scene.ActAsync(one, "related", new { incident = two, reason = "The same grant." });
        foreach (var (of, other) in ((string, string)[])[(one, two), (two, one)])
        {
            var link = Assert.Single(Links(await RelatedAsync(of)));
            Assert.Equal((other, "The same grant.", "Responder"),
                (link.GetProperty("incident").Text("code"), link.Text("reason"), link.Text("linkedBy")));
        }
        AssertRefused(await _scene.TryAsync(two, "related", new { incident = one, reason = "Again." }), "already_linked");
        await _scene.ActAsync(two, $"related/{one}/remove", new { reason = "It was another grant." });
        var removed = Assert.Single(Links(await RelatedAsync(one)));
        Assert.Equal("It was another grant.", removed.Text("removeReason"));
        AssertRefused(await _scene.TryAsync(one, $"related/{two}/remove", new { reason = "Again." }), "not_linked");
        await _scene.ActAsync(one, "related", new { incident = two, reason = "It is the same after all." });
        Assert.Equal(2, Links(await RelatedAsync(one)).Length);
        Assert.Contains($"Related to {two}", await _scene.TimelineAsync(one));
        Assert.Contains($"No longer related to {one}", await _scene.TimelineAsync(two));
    }

    [Fact]
    public async Task What_is_wrong_with_a_link_is_refused_at_its_field()
    {
        var code = await _scene.DeclareAsync();
        foreach (var (body, field) in ((object, string)[])
        [
            (new { incident = "INC-999", reason = "x" }, "incident"), (new { incident = code, reason = "x" }, "incident"),
            (new { incident = await _scene.DeclareAsync() }, "reason"),
        ])
        {
            var (status, refusal) = await _scene.TryAsync(code, "related", body);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.True(refusal.GetProperty("errors").TryGetProperty(field, out _), refusal.ToString());
        }
    }

    [Fact]
    public async Task Those_who_may_not_see_the_other_incident_do_not_learn_of_the_link()
    {
        var (open, hidden) = (await _scene.DeclareAsync(), await DeclareHiddenAsync());
        await _scene.ActAsync(hidden, "related", new { incident = open, reason = "The same grant." });
        Assert.Single(Links(await RelatedAsync(open)));
        Assert.Empty(Links(await RelatedAsync(open, _outsider)));
        foreach (var text in (string[])["elated to", "The same grant."])
            Assert.DoesNotContain(text, (await _outsider.ReadAsync($"/api/v1/incidents/{open}/timeline")).ToString());
        var (status, refusal) = await _outsider.PostAsync($"/api/v1/incidents/{open}/related", new { incident = hidden, reason = "x" });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((await _outsider.PostAsync($"/api/v1/incidents/{open}/related", new { incident = "INC-999", reason = "x" })).Body
            .GetProperty("errors").ToString(), refusal.GetProperty("errors").ToString());
    }

    [Fact]
    public async Task Seen_before_are_incidents_with_the_same_cause_for_those_who_may_see_them()
    {
        const string cause = "01926e50-0000-7000-8000-000000000001";
        var (hidden, before, draft) = (await DeclareHiddenAsync(), await DeclareAloneAsync(), await DeclareAloneAsync());
        foreach (var code in (string[])[hidden, before])
        {
            foreach (var act in (string[])["contain", "resolve", "close"]) await _scene.ActAsync(code, act, new { });
            await ReviewAsync(code);
            await _scene.ActAsync(code, "reviews/complete", new { });
        }
        await ReviewAsync(draft);
        var now = await DeclareAloneAsync();
        Assert.Empty(Seen(await RelatedAsync(now)));
        // Its own review may still be written.
        await ReviewAsync(now);
        Assert.Equal(new[] { before, hidden }.Order(), Seen(await RelatedAsync(now)).Order());
        var seen = Assert.Single((await RelatedAsync(now, _outsider)).GetProperty("seenBefore").EnumerateArray());
        Assert.Equal((before, "Access granted too broadly"), (seen.GetProperty("incident").Text("code"),
            Assert.Single(seen.GetProperty("causes").EnumerateArray()).GetString()));

        Task ReviewAsync(string code) => _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/reviews",
            new { causes = new[] { cause }, factors = "x", wentWell = "x", lessons = "Grants are reviewed." });
    }

    [Fact]
    public async Task Seen_before_are_incidents_that_share_something_those_with_most_in_common_first()
    {
        var programOnly = await _scene.DeclareAsync();
        _scene.Later(1);
        var both = await _scene.DeclareAsync();
        await _scene.ActAsync(both, "exposures", new { dataset = "transcriptions" });
        _scene.Later(1);
        var newest = await _scene.DeclareAsync();
        var other = await _scene.DeclareAsync(program: "TYP");
        var code = await _scene.DeclareAsync();
        await _scene.ActAsync(code, "exposures", new { dataset = "transcriptions" });
        var hidden = await DeclareHiddenAsync();
        var seen = (await RelatedAsync(code, _outsider)).GetProperty("seenBefore").EnumerateArray().ToArray();
        Assert.Equal([both, newest, programOnly], seen.Select(s => s.GetProperty("incident").Text("code")));
        Assert.Equal("transcriptions", seen[0].GetProperty("datasets")[0].GetString());
        Assert.Equal("MCI", seen[0].GetProperty("programs")[0].GetString());
        Assert.Contains(hidden, (await RelatedAsync(code)).ToString());
        Assert.DoesNotContain(other, seen.Select(s => s.GetProperty("incident").Text("code")));
        // What is withdrawn is not shared.
        await _scene.ActAsync(newest, "programs/MCI/withdraw", new { reason = "It is not." });
        Assert.DoesNotContain(newest, (await RelatedAsync(code, _outsider)).ToString());
    }

    [Fact]
    public async Task A_series_shows_on_each_member_which_of_them_it_is()
    {
        var codes = new[] { await _scene.DeclareAsync(), await _scene.DeclareAsync(), await _scene.DeclareAsync() };
        await ArrangeAsync(codes[2], "Grants", codes);
        for (var i = 0; i < 3; i++)
        {
            var series = (await RelatedAsync(codes[i])).GetProperty("series");
            Assert.Equal(("Grants", i + 1, 3),
                (series.Text("name"), series.GetProperty("position").GetInt32(), series.GetProperty("count").GetInt32()));
        }
        await ArrangeAsync(codes[0], "Grants that come back", [codes[1], codes[0]], version: 1);
        Assert.Equal(2, (await RelatedAsync(codes[0])).GetProperty("series").GetProperty("position").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await RelatedAsync(codes[2])).GetProperty("series").ValueKind);
        Assert.Contains("No longer part of the series «Grants that come back»", await _scene.TimelineAsync(codes[2]));
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{codes[0]}/series",
            new { name = "Stale", members = codes, expectedVersion = 1 }), HttpStatusCode.Conflict);
        await _scene.ActAsync(codes[0], "series/leave", new { reason = "Another kind." });
        Assert.Equal(JsonValueKind.Null, (await RelatedAsync(codes[1])).GetProperty("series").ValueKind);
        AssertRefused(await _scene.TryAsync(codes[1], "series/leave", new { reason = "x" }), "no_series");
    }

    [Fact]
    public async Task A_member_that_a_reader_may_not_see_is_neither_listed_nor_counted_and_stays_when_they_edit()
    {
        var (one, hidden, two) = (await _scene.DeclareAsync(), await DeclareHiddenAsync(), await _scene.DeclareAsync());
        await ArrangeAsync(one, "Grants", [one, hidden, two]);
        Assert.Equal(3, (await RelatedAsync(two)).GetProperty("series").GetProperty("position").GetInt32());
        var seen = (await RelatedAsync(two, _outsider)).GetProperty("series");
        Assert.Equal((2, 2), (seen.GetProperty("position").GetInt32(), seen.GetProperty("count").GetInt32()));
        Assert.DoesNotContain(hidden, seen.ToString());
        AssertOk(await _outsider.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{two}/series",
            new { name = "Grants again", members = new[] { two, one } }));
        Assert.Equal([two, one, hidden], Members(await RelatedAsync(one)));
    }

    [Fact]
    public async Task Of_a_series_with_one_member_that_a_reader_sees_they_see_nothing()
    {
        var (open, hidden, other) = (await _scene.DeclareAsync(), await DeclareHiddenAsync(), await _scene.DeclareAsync());
        await ArrangeAsync(hidden, "Secret series", [hidden, open]);
        Assert.Equal(JsonValueKind.Null, (await RelatedAsync(open, _outsider)).GetProperty("series").ValueKind);
        var refusal = await _outsider.PostAsync($"/api/v1/incidents/{open}/series/leave", new { reason = "x" });
        AssertRefused(refusal, "no_series");
        // Into another series it goes without a word of the first.
        AssertOk(await _outsider.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{other}/series",
            new { name = "Another", members = new[] { other, open } }));
        Assert.Equal([other, open], Members(await RelatedAsync(open)));
    }

    [Fact]
    public async Task What_is_wrong_with_a_series_is_refused_at_its_field()
    {
        var (one, two, three) = (await _scene.DeclareAsync(), await _scene.DeclareAsync(), await _scene.DeclareAsync());
        foreach (var (name, members, field) in ((string, string[], string)[])
        [
            ("", [one, two], "name"), ("A", [one], "members"), ("A", [two, three], "members"), ("A", [one, one], "members"),
            ("A", [one, "INC-999"], "members"), ("A", [], "members"),
        ])
        {
            var (status, refusal) = await _scene.Responder.SendAsync(
                HttpMethod.Put, $"/api/v1/incidents/{one}/series", new { name, members });
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.True(refusal.GetProperty("errors").TryGetProperty(field, out _), refusal.ToString());
        }
        await ArrangeAsync(one, "First", [one, two]);
        AssertRefused(await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{three}/series",
            new { name = "Second", members = new[] { three, two } }), "in_series");
    }

    private async Task<string> DeclareHiddenAsync() => (await _scene.Responder.MakeAsync("/api/v1/incidents",
        new { title = "Secret matter", sev = 3, confidentiality = "Restricted", programs = new[] { new { program = "MCI" } } }))
        .Text("code");

    // It shares no program with another.
    private async Task<string> DeclareAloneAsync()
    {
        var code = await _scene.DeclareAsync(program: "TYP");
        await _scene.ActAsync(code, "programs/TYP/withdraw", new { reason = "It is not." });
        return code;
    }

    private static IEnumerable<string> Seen(JsonElement related) =>
        related.GetProperty("seenBefore").EnumerateArray().Select(s => s.GetProperty("incident").Text("code"));

    private async Task ArrangeAsync(string code, string name, string[] members, int? version = null) => AssertOk(
        await _scene.Responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/series",
            new { name, members, expectedVersion = version }));

    private Task<JsonElement> RelatedAsync(string code, HttpClient? by = null) =>
        (by ?? _scene.Responder).ReadAsync($"/api/v1/incidents/{code}/related");

    private static JsonElement[] Links(JsonElement related) => [.. related.GetProperty("links").EnumerateArray()];

    private static string[] Members(JsonElement related) =>
        [.. related.GetProperty("series").GetProperty("members").EnumerateArray().Select(m => m.Text("code"))];
}
