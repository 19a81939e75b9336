using System.Net;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Incidents;

public sealed class IncidentListChangesTests : IAsyncLifetime
{
    private readonly SixIncidents _six = new();

    private IncidentScene Scene => _six.Scene;

    public ValueTask InitializeAsync() => _six.InitializeAsync();

    public ValueTask DisposeAsync() => _six.DisposeAsync();

    private async Task<string[]> CodesAsync(string query) =>
        [.. (await Scene.Responder.ReadAsync($"/api/v1/incidents{query}")).GetProperty("items").EnumerateArray()
            .Select(i => i.Text("code"))];

    [Fact]
    public async Task The_filter_mine_lists_incidents_on_which_the_viewer_has_a_role()
    {
        var second = await Scene.Hub.AsAsync("responder-2");
        Assert.Empty((await second.ReadAsync("/api/v1/incidents?mine=true")).GetProperty("items").EnumerateArray());
        await Scene.ActAsync("INC-2", "roles", new { role = "Scribe", account = "responder-2" });
        Assert.Equal("INC-2", (await second.ReadAsync("/api/v1/incidents?mine=true")).GetProperty("items")[0].Text("code"));
    }

    [Fact]
    public async Task Changes_since_a_time_are_listed_with_the_oldest_change_first()
    {
        var since = Scene.Hub.Clock.Now;
        Scene.Later(1);
        await Scene.ActAsync("INC-4", "contain", new { });
        Scene.Later(1);
        await Scene.ActAsync("INC-2", "sev", new { sev = 0, reason = "Worse." });
        Assert.Equal(["INC-4", "INC-2"], await CodesAsync($"?updatedSince={since.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}"));
        var page = await Scene.Responder.ReadAsync($"/api/v1/incidents?updatedSince={since.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}&limit=1");
        Assert.Equal(
            ["INC-2"],
            await CodesAsync($"?updatedSince={since.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}&limit=1&cursor={page.Text("nextCursor")}"));
    }

    [Fact]
    public async Task Where_several_nodes_commit_a_change_is_listed_once_no_earlier_one_can_follow()
    {
        await using var hub = new TestHub { Shares = true };
        var responder = await hub.AsAsync("responder");
        await (await hub.AsAsync("owner")).MakeAsync("/api/v1/datasets",
            new { name = "alpha", owner = "owner", classification = "Internal", promisedAudience = new { scope = "WholeCompany" } });
        await responder.MakeAsync("/api/v1/incidents", new { title = "One", sev = 5, exposures = new[] { new { dataset = "alpha" } } });
        const string changes = "/api/v1/incidents?updatedSince=2026-01-01T00:00:00Z";
        Assert.Empty((await responder.ReadAsync(changes)).GetProperty("items").EnumerateArray());
        hub.Clock.Advance(IncidentHub.Platform.Database.Db.LongestCommit);
        Assert.Empty((await responder.ReadAsync(changes)).GetProperty("items").EnumerateArray());
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single((await responder.ReadAsync(changes)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_new_title_is_found_by_its_words_and_no_longer_by_the_old_ones()
    {
        var (status, _) = await Scene.Responder.SendAsync(HttpMethod.Patch, "/api/v1/incidents/INC-3", new { title = "Warehouse copies" });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["INC-3"], await CodesAsync("?q=warehouse"));
        Assert.DoesNotContain("INC-3", await CodesAsync("?q=grants"));
    }
}
