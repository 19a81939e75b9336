using Dapper;
using IncidentHub.Platform.Database;
using System.Net;
using IncidentHub.Insight.Home;
using IncidentHub.Platform.Live;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents.BreakGlass;

public sealed class BreakGlassTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private string _code = "";

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _code = (await _scene.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Names people", sev = 2, confidentiality = "Restricted", programs = new[] { new { program = "MCI" } } }))
            .Text("code");
        await _scene.Hub.CountedAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_restricted_incident_is_open_for_one_hour_to_a_person_who_gives_its_code_and_a_reason()
    {
        foreach (var account in (string[])["executive", "responder-2"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(account));
            var opened = await (await _scene.Hub.AsAsync(account)).MakeAsync(Path(_code), new { reason = "The board asks." });
            Assert.Equal((_code, "The board asks."), (opened.Text("incident"), opened.Text("reason")));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(account));
            var list = await (await _scene.Hub.AsAsync(account)).ReadAsync("/api/v1/incidents");
            Assert.Contains(list.GetProperty("items").EnumerateArray(), i => i.Text("code") == _code);
        }
        Assert.Equal(["Executive", "Second responder"], (await _scene.ReadAsync(_code)).GetProperty("openedBy").EnumerateArray()
            .Select(o => o.Text("by")));

        _scene.Later(61);
        foreach (var account in (string[])["executive", "responder-2"]) Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(account));
        Assert.Equal(0, (await _scene.ReadAsync(_code)).GetProperty("openedBy").GetArrayLength());
    }

    [Fact]
    public async Task Pages_of_those_who_gain_or_lose_sight_are_notified_and_no_others()
    {
        var live = _scene.Hub.Services.GetRequiredService<LiveFeed>();
        var told = new HashSet<string>();
        var watched = ((string[])["responder", "responder-2", "executive", "privacy", "auditor"]).Select(account => live.Subscribe(
            ["incidents", LiveFeed.SightOf(TestHub.Actor(account).Id)], () => { lock (told) told.Add(account); }, TestHub.Actor(account)));
        using var all = new Subscriptions([.. watched]);

        await (await _scene.Hub.AsAsync("executive")).MakeAsync(Path(_code), new { reason = "The board asks." });
        Assert.Equal(["executive", "privacy", "responder"], await ToldAsync());
        await _scene.Responder.MakeAsync($"/api/v1/incidents/{_code}/roles", new { role = "Scribe", account = "responder-2" });
        Assert.Equal(["executive", "privacy", "responder", "responder-2"], await ToldAsync());
        (await _scene.Responder.DeleteAsync($"/api/v1/incidents/{_code}/roles/Scribe/responder-2")).EnsureSuccessStatusCode();
        Assert.Equal(["executive", "privacy", "responder", "responder-2"], await ToldAsync());
        await _scene.Responder.MakeAsync($"/api/v1/incidents/{_code}/updates", new { condition = "The grant is removed." });
        Assert.Equal(["executive", "privacy", "responder"], await ToldAsync());

        async Task<IReadOnlyList<string>> ToldAsync()
        {
            await _scene.Hub.Db.Notified;
            var now = told.Order().ToList();
            told.Clear();
            return now;
        }
    }

    /// <summary>An answer is not sent again to somebody who has lost sight of its subject.</summary>
    [Fact]
    public async Task A_repeated_request_is_not_answered_after_sight_was_lost()
    {
        var executive = await _scene.Hub.AsAsync("executive");
        Assert.Equal(HttpStatusCode.OK, await SendAsync());
        Assert.Equal(HttpStatusCode.OK, await SendAsync());
        _scene.Later(61);
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync());

        async Task<HttpStatusCode> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path(_code))
            {
                Content = System.Net.Http.Json.JsonContent.Create(new { reason = "The board asks." }),
            };
            request.Headers.Add("Idempotency-Key", "once");
            using var answer = await executive.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                Assert.DoesNotContain(_code, await answer.Content.ReadAsStringAsync());
            return answer.StatusCode;
        }
    }

    private sealed class Subscriptions(IReadOnlyList<IDisposable> all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in all) one.Dispose();
        }
    }

    [Fact]
    public async Task The_commander_and_privacy_are_told_at_once_and_it_is_audited()
    {
        await (await _scene.Hub.AsAsync("executive")).MakeAsync(Path(_code), new { reason = "The board asks." });
        foreach (var account in (string[])["responder", "privacy"])
        {
            var told = Assert.Single((await InboxAsync(account)).Items, i => i.Kind == "Break-glass");
            Assert.Equal(($"{_code}: opened by Executive: The board asks.", $"incidents/{_code}"), (told.Text, told.Href));
        }
        foreach (var account in (string[])["responder-2", "executive", "administrator", "counsel"])
            Assert.DoesNotContain((await InboxAsync(account)).Items, i => i.Kind == "Break-glass");
        Assert.Contains("Opened by Executive for one hour (break-glass)", await _scene.TimelineAsync(_code));
        Assert.Equal([$"incident.break-glass incident {_code}"], await AuditedAsync());
    }

    [Fact]
    public async Task A_wrong_code_is_answered_as_one_that_does_not_exist_is_audited_and_after_a_few_the_person_has_to_wait()
    {
        var executive = await _scene.Hub.AsAsync("executive");
        var (status, missing) = await executive.SendAsync(HttpMethod.Get, "/api/v1/incidents/INC-R7K2QD");
        var body = new { reason = "I guess." };
        for (var n = 0; n < BreakGlassLimiter.MostWrong; n++)
        {
            var wrong = await executive.PostAsync(Path("INC-R7K2QD"), body);
            Assert.Equal((status, missing.Text("detail")), (wrong.Status, wrong.Body.Text("detail")));
        }
        Assert.Equal(BreakGlassLimiter.MostWrong, (await AuditedAsync()).Count(a => a == "incident.break-glass-refused incidents"));
        // A right code does not help any more, so that the answer tells nothing.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await executive.PostAsync(Path(_code), body)).Status);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("executive"));
        Assert.Equal(HttpStatusCode.OK, (await (await _scene.Hub.AsAsync("responder-2")).PostAsync(Path(_code), body)).Status);

        _scene.Later(61);
        Assert.Equal(HttpStatusCode.OK, (await (await _scene.Hub.AsAsync("executive")).PostAsync(Path(_code), body)).Status);
    }

    [Fact]
    public async Task It_needs_a_reason_and_the_role_and_is_refused_where_the_incident_is_visible_already()
    {
        AssertProblem(await (await _scene.Hub.AsAsync("executive")).PostAsync(Path(_code), new { reason = " " }), HttpStatusCode.BadRequest,
            "reason");
        foreach (var account in (string[])["employee", "owner", "administrator", "auditor"])
        {
            foreach (var code in (string[])[_code, "INC-R7K2QD"])
            {
                var refused = await (await _scene.Hub.AsAsync(account)).PostAsync(Path(code), new { reason = "x" });
                Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
            }
        }
        var seen = await _scene.Responder.PostAsync(Path(_code), new { reason = "x" });
        Assert.Equal((HttpStatusCode.Conflict, "already_visible"), (seen.Status, seen.Body.Text("code")));
    }

    private static string Path(string code) => $"/api/v1/incidents/{code}/break-glass";

    private async Task<HttpStatusCode> StatusAsync(string account) =>
        (await (await _scene.Hub.AsAsync(account)).SendAsync(HttpMethod.Get, $"/api/v1/incidents/{_code}")).Status;

    private async Task<Inbox> InboxAsync(string account) =>
        (await _scene.Hub.Services.GetRequiredService<HomeQueries>().LoadAsync(TestHub.Actor(account))).Inbox;

    private Task<List<string>> AuditedAsync() => _scene.Hub.Db.ReadAsync(async sql => (await ((Sql)sql).Connection.QueryAsync<string>(
        "SELECT Act || ' ' || Subject FROM AuditEntry WHERE Act LIKE 'incident.break-glass%' ORDER BY Sequence")).AsList());
}
