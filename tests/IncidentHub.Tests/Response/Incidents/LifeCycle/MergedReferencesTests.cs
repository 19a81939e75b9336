using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>The visibility of a merge is decided at the time of reading, because confidentiality may change afterwards.</summary>
public sealed class MergedReferencesTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private HttpClient _outsider = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _outsider = await _scene.Hub.AsAsync("executive");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task An_incident_restricted_after_the_merge_is_not_named_to_those_who_may_not_see_it()
    {
        var (merged, survivor) = (await _scene.DeclareAsync(sev: 3), await _scene.DeclareAsync(program: "TYP"));
        await _scene.ActAsync(merged, "merge", new { into = survivor, reason = "The same grant as in finance." });
        Assert.Equal(($"Merged into {survivor}", "The same grant as in finance."), await MergeAsync(_outsider, merged));

        await RestrictAsync(survivor, "Restricted");
        Assert.Equal(("Merged into a restricted incident", null), await MergeAsync(_outsider, merged));
        Assert.Equal(($"Merged into {survivor}", "The same grant as in finance."), await MergeAsync(_scene.Responder, merged));
        await AssertNamesNothingAsync(merged, survivor);
    }

    [Fact]
    public async Task An_incident_made_open_after_the_merge_is_named_to_its_readers()
    {
        var (merged, survivor) = (await _scene.DeclareAsync(), await RestrictedAsync("Names people", 2));
        await _scene.ActAsync(merged, "merge", new { into = survivor, reason = "The same grant." });
        Assert.Equal(("Merged into a restricted incident", null), await MergeAsync(_outsider, merged));
        await AssertNamesNothingAsync(merged, survivor);

        await RestrictAsync(survivor, "Open");
        Assert.Equal(($"Merged into {survivor}", "The same grant."), await MergeAsync(_outsider, merged));
        var absorbed = await MergeAsync(_outsider, survivor);
        Assert.Equal(($"{merged} was merged into this incident", "Employee data readable by the whole company"), absorbed);
    }

    [Fact]
    public async Task A_restricted_incident_is_not_named_in_the_surviving_one_that_was_made_open_later()
    {
        // The merged incident is more severe: the surviving one takes its level, with a reason that names neither.
        var (merged, survivor) = (await RestrictedAsync("Names people", 1), await RestrictedAsync("Names more people", 3));
        await _scene.ActAsync(merged, "merge", new { into = survivor, reason = "The same people." });
        await RestrictAsync(survivor, "Open");

        Assert.Equal(("A restricted incident was merged into this incident", null), await MergeAsync(_outsider, survivor));
        Assert.Equal(($"{merged} was merged into this incident", "Names people"), await MergeAsync(_scene.Responder, survivor));
        var seen = await _outsider.ReadAsync($"/api/v1/incidents/{survivor}");
        Assert.Equal("Another incident was merged into this one. The more severe level applies.",
            seen.GetProperty("sevChanges")[0].Text("reason"));
        Assert.DoesNotContain(merged, seen.ToString());
        await AssertNamesNothingAsync(survivor, merged);
    }

    [Fact]
    public async Task A_conflict_with_a_merge_mentions_the_merge_without_a_code()
    {
        var (merged, survivor) = (await _scene.DeclareAsync(), await RestrictedAsync("Names people", 2));
        await _scene.ActAsync(merged, "merge", new { into = survivor, reason = "The same grant." });
        await RestrictAsync(survivor, "Open");
        var second = await _scene.Hub.AsAsync("responder-2");
        foreach (var (code, other) in new[] { (merged, survivor), (survivor, merged) })
        {
            var stale = await second.PostAsync($"/api/v1/incidents/{code}/sev", new { sev = 4, reason = "Milder.", expectedVersion = 1 });
            AssertProblem(stale, HttpStatusCode.Conflict);
            Assert.Equal("stale", stale.Body.Text("code"));
            Assert.DoesNotContain(other, stale.Body.ToString());
        }
    }

    private async Task<string> RestrictedAsync(string title, int sev) => (await _scene.Responder.MakeAsync(
        "/api/v1/incidents",
        new { title, sev, programs = new[] { new { program = "MCI" } }, confidentiality = "Restricted" })).Text("code");

    private Task<JsonElement> RestrictAsync(string code, string confidentiality) =>
        _scene.ActAsync(code, "confidentiality", new { confidentiality, reason = "Counsel asked for it." });

    private static async Task<(string Title, string? Body)> MergeAsync(HttpClient reader, string code)
    {
        var entry = (await reader.ReadAsync($"/api/v1/incidents/{code}/timeline?kind=merged")).GetProperty("items")[0];
        return (entry.Text("title"), entry.GetProperty("body").GetString());
    }

    private async Task AssertNamesNothingAsync(string code, string hidden)
    {
        var incident = (await _outsider.ReadAsync($"/api/v1/incidents/{code}")).ToString();
        var timeline = (await _outsider.ReadAsync($"/api/v1/incidents/{code}/timeline?limit=250")).ToString();
        Assert.All(new[] { incident, timeline }, said => Assert.DoesNotContain(hidden, said));
    }
}
