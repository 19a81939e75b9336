using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>INC-1 … INC-6, a minute apart: SEV 0 to 5; even ones on TYP; the first is contained, resolved and closed.</summary>
public sealed class SixIncidents : IAsyncLifetime
{
    internal IncidentScene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Scene = await IncidentScene.CreateAsync();
        for (var sev = 0; sev <= 5; sev++)
        {
            await Scene.DeclareAsync(sev, sev % 2 == 0 ? "MCI" : "TYP", $"Grants number {sev} leaked");
            Scene.Later(1);
        }
        foreach (var act in new[] { "contain", "resolve", "close" }) await Scene.ActAsync("INC-1", act, new { });
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}

/// <summary>Read-only tests on shared data.</summary>
public sealed class IncidentListTests(SixIncidents six) : IClassFixture<SixIncidents>
{
    private readonly IncidentScene _scene = six.Scene;

    private async Task<string[]> CodesAsync(string query) =>
        [.. (await _scene.Responder.ReadAsync($"/api/v1/incidents{query}")).GetProperty("items").EnumerateArray()
            .Select(i => i.Text("code"))];

    [Theory]
    [InlineData("", "INC-6 INC-5 INC-4 INC-3 INC-2 INC-1")]
    [InlineData("?status=all", "INC-6 INC-5 INC-4 INC-3 INC-2 INC-1")]
    [InlineData("?status=open", "INC-6 INC-5 INC-4 INC-3 INC-2")]
    [InlineData("?status=closed", "INC-1")]
    [InlineData("?status=contained", "")]
    [InlineData("?sev=2", "INC-3")]
    [InlineData("?sev=0-2", "INC-3 INC-2 INC-1")]
    [InlineData("?sev=0-2&status=open", "INC-3 INC-2")]
    [InlineData("?sev=2&status=open", "INC-3")]
    [InlineData("?program=typ", "INC-6 INC-4 INC-2")]
    [InlineData("?program=TYP&sev=1", "INC-2")]
    [InlineData("?q=GRANT", "INC-6 INC-5 INC-4 INC-3 INC-2 INC-1")]
    [InlineData("?q=leak+number", "INC-6 INC-5 INC-4 INC-3 INC-2 INC-1")]
    [InlineData("?q=inc-3", "INC-4 INC-3")] // INC-4 contains «number 3»
    [InlineData("?q=mci", "INC-5 INC-3 INC-1")]
    [InlineData("?q=mci&status=open", "INC-5 INC-3")]
    [InlineData("?q=rants", "")]
    [InlineData("?q=%25", "")]
    [InlineData("?q=leaked+nothing", "")]
    [InlineData("?mine=true&sev=3", "INC-4")]
    [InlineData("?from=2026-06-18T13:52:00Z", "INC-6 INC-5 INC-4 INC-3")]
    [InlineData("?to=2026-06-18T13:52:00Z", "INC-2 INC-1")]
    [InlineData("?from=2026-06-18T13:51:00Z&to=2026-06-18T13:53:00Z&program=MCI&q=grants", "INC-3")]
    public async Task The_list_is_filtered_and_newest_first(string query, string codes) =>
        Assert.Equal(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries), await CodesAsync(query));

    [Theory]
    [InlineData("")]
    [InlineData("&status=open")]
    [InlineData("&q=grants")]
    [InlineData("&program=MCI")]
    [InlineData("&mine=true")]
    public async Task Pages_of_the_list_join_without_a_gap_or_a_repeat(string filter)
    {
        var whole = await CodesAsync("?limit=250" + filter);
        var joined = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _scene.Responder.ReadAsync($"/api/v1/incidents?limit=2{filter}&cursor={cursor}");
            joined.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("code")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(whole, joined);
    }

    [Fact]
    public async Task A_row_has_the_fields_that_the_list_shows()
    {
        var line = (await _scene.Responder.ReadAsync("/api/v1/incidents?sev=2")).GetProperty("items")[0];
        Assert.Equal(("Major", "Investigating", "Responder", 1),
            (line.Text("sevName"), line.Text("status"), line.Text("commander"), line.GetProperty("cycle").GetInt32()));
        Assert.Equal("MCI", line.GetProperty("programs")[0].GetString());
        Assert.NotEqual(JsonValueKind.Null, line.GetProperty("updateDueAt").ValueKind);
        Assert.False(line.TryGetProperty("id", out _), "Ids stay inside.");
    }

    [Fact]
    public async Task Incidents_whose_update_is_due_are_found_by_the_due_time()
    {
        var lines = (await _scene.Responder.ReadAsync("/api/v1/incidents?status=open")).GetProperty("items").EnumerateArray()
            .Where(i => i.GetProperty("updateDueAt").ValueKind != JsonValueKind.Null)
            .Select(i => (Code: i.Text("code"), DueAt: i.GetProperty("updateDueAt").GetDateTimeOffset())).ToList();
        var by = lines.Min(l => l.DueAt);
        Assert.Contains(lines, l => l.DueAt > by);
        Assert.Equal(lines.Where(l => l.DueAt <= by).Select(l => l.Code), await CodesAsync($"?status=open&updateDueBy={by.UtcDateTime:O}"));
        Assert.Empty(await CodesAsync($"?status=open&updateDueBy={by.UtcDateTime.AddSeconds(-1):O}"));
    }

    [Theory]
    [InlineData("?status=1", "status")]
    [InlineData("?status=sleeping", "status")]
    [InlineData("?sev=6", "sev")]
    [InlineData("?sev=2-0", "sev")]
    [InlineData("?sev=0-1-2", "sev")]
    [InlineData("?sev=two", "sev")]
    [InlineData("?program=NOPE", "program")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=251", "limit")]
    [InlineData("?limit=x", "limit")]
    [InlineData("?cursor=abc", "cursor")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?mine=perhaps", "mine")]
    public async Task An_invalid_filter_is_refused_at_its_field(string query, string field) =>
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Get, "/api/v1/incidents" + query), HttpStatusCode.BadRequest, field);
}
