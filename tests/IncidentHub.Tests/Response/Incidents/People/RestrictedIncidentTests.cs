using IncidentHub.Platform.Database;
using Dapper;
using System.Net;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

public sealed class RestrictedIncidentTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await IncidentScene.CreateAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private async Task<string> RestrictedAsync() => (await _scene.Responder.MakeAsync(
        "/api/v1/incidents", new
        {
            title = "Names people",
            sev = 2,
            programs = new[] { new { program = "MCI" } },
            confidentiality = "Restricted"
        })).Text("code");

    [Fact]
    public async Task The_code_of_a_restricted_incident_is_random_and_leaves_no_gap_in_the_numbers()
    {
        Assert.Equal("INC-1", await _scene.DeclareAsync());
        Assert.Matches("^INC-[A-Z][A-Z0-9]{5}$", await RestrictedAsync());
        Assert.Equal("INC-2", await _scene.DeclareAsync());
    }

    [Fact]
    public async Task An_invisible_incident_gets_the_same_response_as_an_unknown_code()
    {
        var code = await RestrictedAsync();
        var unknown = code[..4] + (code[4] == 'R' ? "K7K2QD" : "R7K2QD");
        foreach (var account in new[] { "responder-2", "owner", "executive", "administrator", "auditor" })
        {
            var other = await _scene.Hub.AsAsync(account);
            var hidden = await other.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}");
            var missing = await other.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{unknown}");
            AssertProblem(hidden, HttpStatusCode.NotFound);
            Assert.Equal(missing.Body.Text("detail"), hidden.Body.Text("detail"));
            Assert.Empty((await other.ReadAsync("/api/v1/incidents")).GetProperty("items").EnumerateArray());
            Assert.Empty((await other.ReadAsync("/api/v1/incidents?q=names")).GetProperty("items").EnumerateArray());
            Assert.Empty((await other.ReadAsync("/api/v1/incidents?program=MCI")).GetProperty("items").EnumerateArray());
        }
    }

    [Theory]
    [InlineData("privacy")]
    [InlineData("counsel")]
    [InlineData("responder")]
    public async Task Privacy_counsel_and_the_commander_see_a_restricted_incident(string account)
    {
        var code = await RestrictedAsync();
        var reader = await _scene.Hub.AsAsync(account);
        Assert.Equal("Restricted", (await reader.ReadAsync($"/api/v1/incidents/{code}")).Text("confidentiality"));
        Assert.Single((await reader.ReadAsync("/api/v1/incidents")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_person_named_on_a_restricted_incident_may_see_it()
    {
        var code = await RestrictedAsync();
        var owner = await _scene.Hub.AsAsync("owner");
        AssertProblem(await owner.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}"), HttpStatusCode.NotFound);
        await _scene.ActAsync(code, "roles", new { role = "Named", account = "owner" });
        Assert.Equal(code, (await owner.ReadAsync($"/api/v1/incidents/{code}")).Text("code"));
        await _scene.Responder.SendAsync(HttpMethod.Delete, $"/api/v1/incidents/{code}/roles/Named/owner");
        AssertProblem(await owner.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_incident_restricted_later_keeps_its_code_and_is_not_found_by_those_who_may_not_see_it()
    {
        var code = await _scene.DeclareAsync();
        var second = await _scene.Hub.AsAsync("responder-2");
        await second.ReadAsync($"/api/v1/incidents/{code}");
        AssertProblem(
            await second.PostAsync($"/api/v1/incidents/{code}/confidentiality", new { confidentiality = "Restricted", reason = "x" }),
            HttpStatusCode.Forbidden);
        await _scene.ActAsync(code, "confidentiality", new { confidentiality = "Restricted", reason = "It names people." });
        AssertProblem(await second.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}"), HttpStatusCode.NotFound);
        Assert.Equal(code, (await _scene.ReadAsync(code)).Text("code"));
    }

    [Fact]
    public async Task Whatever_shows_a_restricted_incident_is_audited_once_an_hour_for_each_reader_and_subject()
    {
        var code = await RestrictedAsync();
        var privacy = await _scene.Hub.AsAsync("privacy");
        var task = (await privacy.MakeAsync("/api/v1/tasks", new { what = "Ask them", incident = code })).Text("code");
        var reads = new Dictionary<string, string[]>
        {
            [$"/api/v1/incidents/{code}"] = [$"incident.read incident {code}"],
            [$"/api/v1/incidents/{code}/timeline"] = [],
            ["/api/v1/incidents"] = [$"incident.listed incident {code}"],
            ["/api/v1/incidents?q=names"] = [],
            ["/api/v1/dashboard"] = [],
            [$"/api/v1/tasks/{task}"] = [$"task.read task {task}"],
            ["/api/v1/tasks"] = [$"task.listed task {task}"],
        };
        foreach (var (path, audited) in reads)
        {
            for (var n = 0; n < 3; n++) await privacy.ReadAsync(path);
            Assert.Equal(audited, (await ReadsAsync()).Where(r => r.Contains(code) || r.Contains(task)));
        }
        _scene.Hub.Clock.Advance(TimeSpan.FromHours(1));
        await privacy.ReadAsync($"/api/v1/incidents/{code}/timeline");
        Assert.Equal([$"incident.read incident {code}"], await ReadsAsync());
    }

    [Fact]
    public async Task Reads_of_open_incidents_are_not_audited()
    {
        var code = await _scene.DeclareAsync();
        await ReadsAsync();
        await (await _scene.Hub.AsAsync("privacy")).ReadAsync($"/api/v1/incidents/{code}");
        Assert.DoesNotContain(await ReadsAsync(), r => r.EndsWith($" {code}", StringComparison.Ordinal));
    }

    private long _readUpTo;

    /// <summary>The audited reads since the last call.</summary>
    private async Task<List<string>> ReadsAsync()
    {
        await _scene.Hub.AuditReadsAsync();
        const string since = "SELECT Sequence, Act, Subject FROM AuditEntry WHERE Sequence > @after ORDER BY Sequence";
        var log = await _scene.Hub.Db.ReadAsync(async sql =>
            (await ((Sql)sql).Connection.QueryAsync<(long Sequence, string Act, string Subject)>(
                since, new { after = _readUpTo })).AsList());
        if (log.Count > 0) _readUpTo = log[^1].Sequence;
        return [.. log.Select(e => $"{e.Act} {e.Subject}").Where(e => e.Contains(".read ") || e.Contains(".listed "))];
    }

    [Fact]
    public async Task A_restricted_incident_is_not_merged_into_an_open_one()
    {
        var restricted = await RestrictedAsync();
        var open = await _scene.DeclareAsync();
        AssertProblem(await _scene.TryAsync(restricted, "merge", new { into = open, reason = "x" }), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_open_incident_merged_into_a_restricted_one_does_not_show_its_code()
    {
        var restricted = await RestrictedAsync();
        var open = await _scene.DeclareAsync();
        await _scene.ActAsync(open, "merge", new { into = restricted, reason = "The same hole." });
        var executive = await _scene.Hub.AsAsync("executive");
        var incident = (await executive.ReadAsync($"/api/v1/incidents/{open}")).ToString();
        var timeline = (await executive.ReadAsync($"/api/v1/incidents/{open}/timeline")).ToString();
        Assert.Contains("Merged into a restricted incident", timeline);
        var second = await _scene.Hub.AsAsync("responder-2");
        var stale = await second.PostAsync($"/api/v1/incidents/{open}/sev", new { sev = 3, reason = "Milder.", expectedVersion = 1 });
        AssertProblem(stale, HttpStatusCode.Conflict);
        Assert.All(new[] { incident, timeline, stale.Body.ToString() }, said => Assert.DoesNotContain(restricted, said));
        Assert.Equal(restricted, (await _scene.Responder.ReadAsync($"/api/v1/incidents/{open}")).Text("mergedInto"));
    }
}
