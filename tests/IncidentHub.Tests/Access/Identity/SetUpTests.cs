using System.Net;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Identity;

public sealed class SetUpTests
{
    private const string Api = "/api/v1/setup";

    [Fact]
    public async Task The_token_makes_the_first_administrator_once()
    {
        await using var hub = LocalHub.Make();
        var (client, token) = (hub.CreateClient(), await LocalHub.TokenAsync(hub));
        Assert.Matches("^[A-Za-z0-9_-]{40,}$", token);
        var body = new { token, account = "First", displayName = "First administrator", password = LocalHub.Password };
        var (made, _) = await client.PostAsync(Api, body);
        Assert.Equal(HttpStatusCode.NoContent, made);

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync(Api, body)).Status);
        using var page = await client.GetAsync("/setup");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("<h1", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["Reporter, Administrator"], await hub.ColumnAsync("SELECT Roles FROM Person"));
        Assert.Contains("hub.set-up", await hub.ColumnAsync("SELECT Act FROM AuditEntry"));
        using var signedIn = await client.SignInAsync("first", LocalHub.Password);
        Assert.Equal("/", signedIn.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, "/api/v1/programs")).Status);
    }

    [Fact]
    public async Task The_form_works_without_script_and_keeps_what_was_typed()
    {
        await using var hub = LocalHub.Make();
        var (client, token) = (hub.CreateClient(), await LocalHub.TokenAsync(hub));
        using var refused = await client.SubmitAsync("/setup",
            ("token", token), ("account", "first"), ("displayName", "First administrator"), ("password", "administrator1"));
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("value=\"First administrator\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("administrator1", page, StringComparison.Ordinal);
        using var made = await client.SubmitAsync("/setup",
            ("token", token), ("account", "first"), ("displayName", "First administrator"), ("password", LocalHub.Password));
        Assert.Equal("/sign-in?set=1", made.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Wrong_tokens_are_refused_and_limited()
    {
        await using var hub = LocalHub.Make(("Identity:FailuresPerAddress", "3"));
        var (client, token) = (hub.CreateClient(), await LocalHub.TokenAsync(hub));
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("wrong"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(token));
        Assert.Empty(await hub.ColumnAsync("SELECT Account FROM Person"));

        async Task<HttpStatusCode> AskAsync(string with) => (await client.PostAsync(Api,
            new { token = with, account = "first", displayName = "First", password = LocalHub.Password })).Status;
    }

    [Fact]
    public async Task A_new_start_replaces_the_token_and_faults_name_their_fields()
    {
        await using var hub = LocalHub.Make();
        var (client, former, token) = (hub.CreateClient(), await LocalHub.TokenAsync(hub), await LocalHub.TokenAsync(hub));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(Api,
            new { token = former, account = "first", displayName = "First", password = LocalHub.Password })).Status);
        ApiCalls.AssertProblem(await client.PostAsync(Api, new { token, account = "a b", displayName = " ", password = "short" }),
            HttpStatusCode.BadRequest, "account", "displayName", "password");
    }

    [Fact]
    public async Task Without_local_accounts_there_is_no_set_up_and_no_form()
    {
        await using var hub = LocalHub.Make(("Identity:LocalAccounts", "false"), ("Identity:Providers:0:Name", "corp"),
            ("Identity:Providers:0:Authority", "http://127.0.0.1:9"), ("Identity:Providers:0:ClientId", "hub"));
        var client = hub.CreateClient();
        using var page = await client.GetAsync("/setup");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.DoesNotContain("name=\"password\"", await client.GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }
}
