using System.Net;
using System.Text.Json;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

public sealed class PasskeyTests
{
    private const string Read = "/api/v1/programs";

    [Fact]
    public async Task A_passkey_signs_in_without_password_and_code_and_leads_to_the_wanted_page()
    {
        await using var hub = await LocalHub.MadeAsync();
        using var device = await AddedAsync(hub);
        await new TestAuthenticator(hub).TurnOnAsync();
        var client = hub.CreateClient();
        var (status, body) = await device.SignInAsync(client, "/programs");
        Assert.Equal((HttpStatusCode.OK, "/programs"), (status, body.Text("location")));
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, Read)).Status);
        Assert.Equal(["Password", "Passkey"],
            await hub.ColumnAsync("SELECT Method FROM SignInAttempt WHERE Outcome = 'Succeeded' ORDER BY At, Id"));
        Assert.Equal("/", (await device.SignInAsync(client, "//elsewhere.example")).Body.Text("location"));
    }

    [Fact]
    public async Task Adding_one_needs_the_password_and_a_name()
    {
        await using var hub = await LocalHub.MadeAsync();
        using var device = new TestPasskey(hub);
        var client = await SignedInAsync(hub);
        ApiCalls.AssertProblem(await device.AddAsync(client, "not the password"), HttpStatusCode.BadRequest, "password");
        ApiCalls.AssertProblem(await device.AddAsync(client, LocalHub.Password, " "), HttpStatusCode.BadRequest, "name");
        Assert.Equal(HttpStatusCode.NoContent, (await device.AddAsync(client, LocalHub.Password)).Status);
        Assert.Equal("passkey_failed", (await device.AddAsync(client, LocalHub.Password)).Body.Text("code"));
        Assert.Equal(HttpStatusCode.Redirect, (await device.AddAsync(hub.CreateClient(), LocalHub.Password)).Status);
        Assert.Single(await hub.ColumnAsync("SELECT Act FROM AuditEntry WHERE Act = 'account.passkey-added'"));
    }

    [Fact]
    public async Task Without_a_password_adding_one_needs_a_sign_in_of_a_few_minutes_ago()
    {
        await using var hub = new TestHub();
        using var device = new TestPasskey(hub);
        var client = await hub.AsAsync("owner");
        hub.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("sign_in_again", (await device.AddAsync(client)).Body.Text("code"));
        client = await hub.AsAsync("owner");
        Assert.Equal(HttpStatusCode.NoContent, (await device.AddAsync(client)).Status);
        Assert.Equal(HttpStatusCode.OK, (await device.SignInAsync(hub.CreateClient())).Status);
        using var password = await hub.CreateClient().SignInAsync("owner", "");
        Assert.Equal(HttpStatusCode.Unauthorized, password.StatusCode);
    }

    [Fact]
    public async Task An_answer_of_another_site_or_without_verification_of_the_owner_is_refused()
    {
        await using var hub = await LocalHub.MadeAsync();
        using var device = await AddedAsync(hub);
        var (origin, domain) = (device.Origin, device.Domain);
        foreach (var (where, rp, verifies) in new[]
        {
            ("https://elsewhere.example", domain, true), ("http://localhost:5101", domain, true), (origin, "elsewhere.example", true),
            (origin, domain, false),
        })
        {
            (device.Origin, device.Domain, device.Verifies) = (where, rp, verifies);
            Assert.Equal("sign_in_failed", (await device.SignInAsync(hub.CreateClient())).Body.Text("code"));
            using var another = new TestPasskey(hub) { Origin = where, Domain = rp, Verifies = verifies };
            Assert.Equal("passkey_failed", (await another.AddAsync(await SignedInAsync(hub), LocalHub.Password)).Body.Text("code"));
        }
        (device.Origin, device.Domain, device.Verifies) = (origin, domain, true);
        Assert.Equal(HttpStatusCode.OK, (await device.SignInAsync(hub.CreateClient())).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_signs_in_once_also_with_its_cookie_and_when_it_is_sent_twice_at_once(bool counts)
    {
        await using var hub = await LocalHub.MadeAsync();
        using var device = await AddedAsync(hub, counts);
        var cookies = new CookieContainer();
        using var client = Keeping(hub, cookies);
        var (_, options) = await TestPasskey.BeginSignInAsync(client);
        var answer = device.Show(options);
        var clients = Enumerable.Range(0, 4).Select(_ => Keeping(hub, Copy(cookies))).ToList();
        var all = await Task.WhenAll(clients.Select(c => TestPasskey.SendAsync(c, "/sign-in/passkey", ("credential", answer))));
        Assert.Single(all, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(3, all.Count(a => a.Status == HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task A_challenge_is_of_one_browser_and_ends_after_ten_minutes()
    {
        await using var hub = await LocalHub.MadeAsync();
        using var device = await AddedAsync(hub);
        var client = hub.CreateClient();
        var answer = device.Show((await TestPasskey.BeginSignInAsync(client)).Body);
        var elsewhere = await TestPasskey.SendAsync(hub.CreateClient(), "/sign-in/passkey", ("credential", answer));
        Assert.Equal("passkey_expired", elsewhere.Body.Text("code"));
        hub.Clock.Advance(StepCookie.Lifetime);
        var late = await TestPasskey.SendAsync(client, "/sign-in/passkey", ("credential", answer));
        Assert.Equal("passkey_expired", late.Body.Text("code"));
    }

    [Fact]
    public async Task A_removed_passkey_one_of_a_deactivated_person_and_an_unknown_one_are_refused_alike()
    {
        await using var hub = await LocalHub.MadeAsync();
        using var device = await AddedAsync(hub);
        var client = await SignedInAsync(hub);
        var actor = hub.ActorOf("first");
        await using var scope = hub.Services.CreateAsyncScope();
        var commands = scope.ServiceProvider.GetRequiredService<PasskeyCommands>();
        var passkey = Assert.Single(await commands.ListAsync(actor, CancellationToken.None));
        Assert.True((await commands.RenameAsync(actor, passkey.Id, "Another name")).IsOk);
        Assert.Equal(["Another name"], await hub.ColumnAsync("SELECT Name FROM Passkey"));
        Assert.NotNull((await commands.RemoveAsync(actor with { Id = Guid.CreateVersion7() }, passkey.Id, null)).Refusal);

        await SetActiveAsync(false);
        Assert.Equal("sign_in_failed", (await device.SignInAsync(hub.CreateClient())).Body.Text("code"));
        await SetActiveAsync(true);
        Assert.Equal(HttpStatusCode.OK, (await device.SignInAsync(hub.CreateClient())).Status);
        Assert.True((await commands.RemoveAsync(actor, passkey.Id, null)).IsOk);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(HttpMethod.Get, Read)).Status);
        Assert.Equal("sign_in_failed", (await device.SignInAsync(hub.CreateClient())).Body.Text("code"));

        Task SetActiveAsync(bool active) => hub.Db.WriteAsync<IncidentHub.Domain.Done>(async tx =>
        {
            var person = (await People.FindAsync(tx, "first"))!;
            await People.SaveAsync(tx, person with { IsActive = active });
            return default(IncidentHub.Domain.Done);
        });
    }

    [Fact]
    public async Task An_administrator_removes_the_passkeys_of_somebody_who_lost_their_devices()
    {
        await using var hub = await LocalHub.MadeAsync();
        using var device = await AddedAsync(hub);
        var admin = await SignedInAsync(hub);
        Assert.Equal(1, (await admin.ReadAsync("/api/v1/people/first")).GetProperty("passkeys").GetInt32());
        await admin.MakeAsync("/api/v1/people/first/remove-second-factor", new { });
        Assert.Equal("sign_in_failed", (await device.SignInAsync(hub.CreateClient())).Body.Text("code"));
        Assert.Empty(await hub.ColumnAsync("SELECT Id FROM Passkey"));
    }

    [Fact]
    public async Task Failed_answers_count_for_the_address_and_are_listed_for_nobody()
    {
        await using var hub = await LocalHub.MadeAsync(("Identity:FailuresPerAddress", "3"));
        using var unknown = new TestPasskey(hub);
        for (var i = 0; i < 3; i++)
        {
            var client = hub.CreateClient();
            var options = (await TestPasskey.BeginSignInAsync(client)).Body;
            var answer = i == 0 ? "{}" : i == 1 ? "nothing" : unknown.Show(options);
            await TestPasskey.SendAsync(client, "/sign-in/passkey", ("credential", answer));
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TestPasskey.BeginSignInAsync(hub.CreateClient())).Status);
        Assert.Equal(3, (await hub.ColumnAsync("SELECT Outcome FROM SignInAttempt WHERE PersonId IS NULL")).Count);
    }

    private static async Task<HttpClient> SignedInAsync(TestHub hub)
    {
        var client = hub.CreateClient();
        (await client.SignInAsync("first", LocalHub.Password)).Dispose();
        return client;
    }

    private static async Task<TestPasskey> AddedAsync(TestHub hub, bool counts = true)
    {
        var device = new TestPasskey(hub) { Counts = counts };
        var (status, body) = await device.AddAsync(await SignedInAsync(hub), LocalHub.Password);
        Assert.True(status == HttpStatusCode.NoContent, body.ValueKind == JsonValueKind.Undefined ? $"{status}" : body.GetRawText());
        return device;
    }

    private static HttpClient Keeping(TestHub hub, CookieContainer cookies) => hub.CreateDefaultClient(
        hub.ClientOptions.BaseAddress, new Microsoft.AspNetCore.Mvc.Testing.Handlers.CookieContainerHandler(cookies));

    private static CookieContainer Copy(CookieContainer cookies)
    {
        var copy = new CookieContainer();
        copy.Add(cookies.GetAllCookies());
        return copy;
    }
}
