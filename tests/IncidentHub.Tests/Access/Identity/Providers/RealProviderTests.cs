using System.Net;
using System.Net.Http.Headers;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Identity.Providers;

/// <summary>The whole way of people and machines with a provider that others wrote.</summary>
[Collection(nameof(RealProcesses))]
public sealed class RealProviderTests
{
    private const string Mapping = "/api/v1/identity/mapping", Read = "/api/v1/programs";

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task A_first_sign_in_makes_an_account_and_the_next_ones_find_it(string algorithm)
    {
        await using var world = await ProviderWorld.StartAsync(algorithm);
        using var browser = world.Browser();
        Assert.Contains("Sign in with Corp", await browser.Http.GetStringAsync("/sign-in"), StringComparison.Ordinal);

        Assert.Equal("/flags/new?from=home", await browser.SignInAsync("corp", "researcher", "/flags/new?from=home"));
        // A reporter: no more than everybody.
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync(Read));
        using var again = world.Browser();
        Assert.Equal("/", await again.SignInAsync("corp", "researcher"));

        var person = Assert.Single(await world.QueryAsync<(string Account, string Name, string Roles)>(
            "SELECT p.Account, p.DisplayName, p.Roles FROM Person p JOIN ExternalLogin l ON l.PersonId = p.Id"));
        Assert.Equal(("researcher", "Researcher at corp", "Reporter"), person);
        Assert.Equal(2, (await world.QueryAsync<string>("SELECT Id FROM Session WHERE Method = 'Provider' AND Issuer IS NOT NULL")).Count);
        Assert.DoesNotContain(world.Hub.Log, l => l.Contains("eyJ", StringComparison.Ordinal)
            || l.Contains("secret-of-the-client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_gets_an_account_because_its_name_or_mail_address_is_the_same()
    {
        await using var world = await ProviderWorld.StartAsync();
        await world.SetAsync("stranger", new { name = "Program owner", preferred_username = "owner", email = "owner@corp.example" });
        using var browser = world.Browser();
        await browser.SignInAsync("corp", "stranger");
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync(Read));
        Assert.Equal(["owner-3"], await world.QueryAsync<string>(
            "SELECT p.Account FROM Person p JOIN ExternalLogin l ON l.PersonId = p.Id"));
    }

    [Fact]
    public async Task A_signed_in_person_links_an_account_and_signs_in_with_it_from_then_on()
    {
        await using var world = await ProviderWorld.StartAsync();
        using var browser = world.Browser();
        await browser.Http.MakeAsync("/api/v1/session", new { account = "responder" });
        Assert.Equal("/account", await browser.LinkAsync("corp", "on-duty"));
        using var other = world.Browser();
        await other.SignInAsync("corp", "on-duty");
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(Read));

        // Somebody else cannot link the same account.
        using var third = world.Browser();
        await third.Http.MakeAsync("/api/v1/session", new { account = "owner" });
        Assert.Equal("/account?provider=corp&refused=Linked", await third.LinkAsync("corp", "on-duty"));

        // An administrator unlinks it: its sessions end, and the next sign-in makes an account of its own.
        using var administrator = await world.AsAsync("administrator");
        await administrator.MakeAsync("/api/v1/people/responder/unlink", new { provider = "corp" });
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync(Read));
        using var fourth = world.Browser();
        await fourth.SignInAsync("corp", "on-duty");
        Assert.Equal(HttpStatusCode.Forbidden, await fourth.StatusAsync(Read));
    }

    [Fact]
    public async Task A_mapping_shows_its_effect_before_it_is_saved_and_applies_at_once_and_at_each_sign_in()
    {
        await using var world = await ProviderWorld.StartAsync();
        using var administrator = await world.AsAsync("administrator");
        using var browser = world.Browser();
        await browser.SignInAsync("corp", "researcher");
        object Body(params object[] rules) => new { provider = "corp", departmentClaim = "department", rules };
        var responders = new { claim = "groups", value = "incident-response", role = "Responder" };
        var privacy = new { claim = "groups", value = "staff", role = "Privacy" };

        await administrator.ReadAsync(Mapping);
        // The claim was not kept before any rule named it.
        var unknown = (await administrator.MakeAsync(Mapping + "/preview", Body(responders))).GetProperty("people")[0];
        Assert.Equal("""["department","groups"]""", unknown.GetProperty("notKnown").GetRawText());
        var (status, _) = await administrator.SendAsync(HttpMethod.Put, Mapping, Body(responders));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync(Read));

        await world.SetAsync("researcher",
            new { name = "Researcher at corp", groups = new[] { "staff", "incident-response" }, department = "Research" });
        using var next = world.Browser();
        await next.SignInAsync("corp", "researcher");
        Assert.Equal(HttpStatusCode.OK, await next.StatusAsync(Read));
        Assert.Equal([("Responder", "Research", "Reporter")], await world.QueryAsync<(string, string, string)>(
            "SELECT p.MappedRoles, p.Department, p.Roles FROM Person p JOIN ExternalLogin l ON l.PersonId = p.Id"));

        var preview = await administrator.MakeAsync(Mapping + "/preview", Body(privacy));
        Assert.Equal((1, 1), (preview.GetProperty("known").GetInt32(), preview.GetProperty("changed").GetInt32()));
        Assert.Equal("""["Privacy"] ["Responder"]""",
            $"{preview.GetProperty("people")[0].GetProperty("gains")} {preview.GetProperty("people")[0].GetProperty("loses")}");
        await administrator.SendAsync(HttpMethod.Put, Mapping, new { provider = "corp", rules = Array.Empty<object>() });
        // Open sessions lose at once what the mapping no longer gives.
        Assert.Equal(HttpStatusCode.Forbidden, await next.StatusAsync(Read));
        Assert.Equal(["{}"], await world.QueryAsync<string>("SELECT Claims FROM ExternalLogin"));
    }

    [Fact]
    public async Task A_sign_out_here_leads_to_the_one_of_the_provider_and_back()
    {
        await using var world = await ProviderWorld.StartAsync();
        using var browser = world.Browser();
        await browser.SignInAsync("corp", "researcher");
        var provider = await browser.SignOutAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/flags"));
        Assert.StartsWith($"{world.Issuer}/session/end?", provider.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(world.Hub.Url + "/sign-in", await browser.ConfirmSignOutAsync(provider), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_out_at_the_provider_ends_the_session_by_its_sid_and_no_other()
    {
        await using var world = await ProviderWorld.StartAsync();
        using var browser = world.Browser();
        using var other = world.Browser();
        await browser.SignInAsync("corp", "researcher");
        await other.SignInAsync("corp", "researcher");
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/v1/flags"));

        await browser.ConfirmSignOutAsync(new Uri($"{world.Issuer}/session/end"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/flags"));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync("/api/v1/flags"));

        // By the front channel: the address that a page of the provider loads.
        var sid = (await world.QueryAsync<string>("SELECT ProviderSession FROM Session WHERE EndedAt IS NULL")).Single();
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync(
            $"/sign-in/oidc/corp/front-channel-logout?iss={Uri.EscapeDataString(world.Issuer)}&sid={Uri.EscapeDataString(sid)}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync("/api/v1/flags"));
        Assert.Equal(["EndedByProvider", "EndedByProvider"], await world.QueryAsync<string>("SELECT EndReason FROM Session"));
    }

    [Fact]
    public async Task A_deactivated_person_is_refused()
    {
        await using var world = await ProviderWorld.StartAsync();
        using var browser = world.Browser();
        await browser.SignInAsync("corp", "researcher");
        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={world.Hub.DatabaseFile}"))
        {
            await Dapper.SqlMapper.ExecuteAsync(database, "UPDATE Person SET IsActive = 0 WHERE Account = 'researcher'");
        }
        using var again = world.Browser();
        var page = await again.SignInAsync("corp", "researcher");
        Assert.Equal("/sign-in?provider=corp&refused=Deactivated", page);
        Assert.Contains("deactivated", await again.Http.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await again.StatusAsync("/api/v1/flags"));
    }

    [Fact]
    public async Task A_machine_of_the_provider_reaches_the_gate_with_its_scopes_and_programs_only()
    {
        await using var world = await ProviderWorld.StartAsync();
        using var machine = new HttpClient { BaseAddress = new Uri(world.Hub.Url) };
        async Task<HttpStatusCode> AskAsync(HttpMethod method, string path, string token)
        {
            machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return (await machine.SendAsync(method, path)).Status;
        }
        var token = await world.TokenAsync(ProviderWorld.Machine);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(HttpMethod.Get, "/api/v1/gate/dispositions", token));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(HttpMethod.Post, "/api/v1/collectors/challenge", token));
        // It is no person.
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, "/api/v1/programs", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, "/api/v1/gate/dispositions",
            await world.TokenAsync(ProviderWorld.Stranger)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, "/api/v1/gate/dispositions", token[..^4] + "AAAA"));
    }
}
