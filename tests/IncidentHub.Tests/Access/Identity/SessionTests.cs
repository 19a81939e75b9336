using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Dapper;
using IncidentHub.Access.Identity;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IncidentHub.Tests.Access.Identity;

public sealed partial class SessionTests
{
    private const string Read = "/api/v1/programs";

    [Fact]
    public async Task A_copied_cookie_is_refused_after_the_sign_out()
    {
        await using var hub = new TestHub();
        var cookie = await CookieAsync(hub, "responder");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(hub, cookie));

        var client = Bare(hub);
        var (token, form) = await FormAsync(client, cookie);
        using var answer = await PostAsync(client, "/sign-out", $"{cookie}; {form}", new() { ["__RequestVerificationToken"] = token });
        Assert.Equal("/sign-in", answer.Headers.Location?.ToString());

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, cookie));
        Assert.Equal("SignedOut", await ScalarAsync<string>(hub, "SELECT EndReason FROM Session"));
    }

    [Fact]
    public async Task A_sign_out_without_the_token_of_the_form_is_refused()
    {
        await using var hub = new TestHub();
        var cookie = await CookieAsync(hub, "responder");
        using var answer = await PostAsync(Bare(hub), "/sign-out", cookie, []);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(hub, cookie));
    }

    [Fact]
    public async Task A_session_ends_when_it_is_idle_and_at_its_end_however_much_it_is_used()
    {
        await using var hub = new TestHub
        {
            Settings = new Dictionary<string, string> { ["Identity:SessionIdle"] = "00:30:00", ["Identity:SessionLifetime"] = "02:00:00" },
        };
        var (idle, used) = (await CookieAsync(hub, "responder"), await CookieAsync(hub, "owner"));
        for (var minutes = 20; minutes < 120; minutes += 20)
        {
            hub.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(hub, used));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, idle));
        hub.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, used));
    }

    [Fact]
    public async Task The_use_of_a_session_is_written_once_a_minute()
    {
        await using var hub = new TestHub();
        var cookie = await CookieAsync(hub, "responder");
        var seen = new HashSet<string>();
        for (var second = 0; second < 180; second += 20)
        {
            await AskAsync(hub, cookie);
            seen.Add(await ScalarAsync<string>(hub, "SELECT LastSeenAt FROM Session"));
            hub.Clock.Advance(TimeSpan.FromSeconds(20));
        }
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task A_new_sign_in_of_the_same_browser_ends_its_former_session()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("responder");
        (await client.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
        Assert.Equal("Replaced", await ScalarAsync<string>(hub, "SELECT EndReason FROM Session WHERE EndedAt IS NOT NULL"));
        Assert.Equal(2, await ScalarAsync<int>(hub, "SELECT COUNT(*) FROM Session"));
    }

    [Fact]
    public async Task A_changed_or_deactivated_person_has_the_new_rights_with_the_next_request()
    {
        await using var hub = new TestHub();
        var cookie = await CookieAsync(hub, "responder");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(hub, cookie));

        await SaveAsync(hub, DemoAccounts.Find("responder") with { Roles = Roles.Reporter });
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(hub, cookie));

        await SaveAsync(hub, DemoAccounts.Find("responder") with { IsActive = false });
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, cookie));
    }

    [Fact]
    public async Task What_another_node_wrote_is_applied_when_the_hub_looks()
    {
        await using var hub = new TestHub();
        var (ended, changed) = (await CookieAsync(hub, "responder"), await CookieAsync(hub, "owner"));
        await AskAsync(hub, ended);
        await AskAsync(hub, changed);
        var now = hub.Clock.Now;
        await hub.Db.ReadAsync(sql => ((Sql)sql).Connection.ExecuteAsync(
            "UPDATE Session SET EndedAt = @now, EndReason = 'EndedByPerson' WHERE PersonId = @responder; "
                + "UPDATE Person SET Roles = 'Reporter', ChangedAt = @now WHERE Id = @owner",
            new { now, responder = DemoAccounts.Find("responder").Id, owner = DemoAccounts.Find("owner").Id }));

        await hub.Services.GetServices<IHostedService>().OfType<SessionWatch>().Single().LookAsync(CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(hub, ended));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(hub, changed));
    }

    [Fact]
    public async Task The_recorded_answer_of_a_request_is_not_repeated_after_the_session_ended()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("employee");
        var flag = new { text = "A folder is open to all." };
        client.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        var (first, _) = await client.PostAsync("/api/v1/flags", flag);
        await SaveAsync(hub, DemoAccounts.Find("employee") with { IsActive = false });
        var (again, body) = await client.PostAsync("/api/v1/flags", flag);
        Assert.Equal(HttpStatusCode.Created, first);
        Assert.True(again == HttpStatusCode.Unauthorized, $"{body}");
    }

    [Theory]
    [InlineData("00:01:00", "12:00:00", "SessionIdle")]
    [InlineData("01:00:00", "00:30:00", "SessionLifetime")]
    public void Limits_that_make_no_sense_are_refused_at_the_start(string idle, string lifetime, string named)
    {
        var result = new IdentitySettingsValidation().Validate(null, new()
        {
            SessionIdle = TimeSpan.Parse(idle, null),
            SessionLifetime = TimeSpan.Parse(lifetime, null),
        });
        Assert.Contains(named, result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1", "Safari on iPhone")]
    [InlineData("curl/8.9.1", "curl/8.9.1")]
    [InlineData("", "Unknown client")]
    public void A_browser_is_named_as_its_owner_knows_it(string userAgent, string name) => Assert.Equal(name, BrowserName.Of(userAgent));

    private static Task SaveAsync(TestHub hub, Person person) => hub.Db.WriteAsync<Done>(async tx =>
    {
        await People.SaveAsync(tx, person);
        return default(Done);
    });

    private static Task<T> ScalarAsync<T>(TestHub hub, string query) =>
        hub.Db.ReadAsync(async sql => (await ((Sql)sql).Connection.ExecuteScalarAsync<T>(query))!);

    private static HttpClient Bare(TestHub hub) =>
        hub.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    private static async Task<string> CookieAsync(TestHub hub, string account)
    {
        using var answer = await Bare(hub).PostAsJsonAsync("/api/v1/session", new { account });
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<HttpStatusCode> AskAsync(TestHub hub, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Read);
        request.Headers.Add("Cookie", cookie);
        using var answer = await Bare(hub).SendAsync(request);
        return answer.StatusCode;
    }

    // The token of a form, and the cookie that it belongs to.
    private static async Task<(string Token, string Cookie)> FormAsync(HttpClient client, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("Cookie", cookie);
        using var page = await client.SendAsync(request);
        return (Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value,
            page.Headers.GetValues("Set-Cookie").Single(c => c.Contains("incidenthub-form", StringComparison.Ordinal)).Split(';')[0]);
    }

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient client, string path, string cookie, Dictionary<string, string> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
