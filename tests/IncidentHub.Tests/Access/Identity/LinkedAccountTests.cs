using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Access.Identity;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

/// <summary>Linking an account at a provider with one's own, and unlinking it; nobody loses the last way in by that.</summary>
public sealed class LinkedAccountTests
{
    private static readonly (string, string)[] Corp =
    [
        ("Identity:Providers:0:Name", "corp"), ("Identity:Providers:0:Authority", "https://corp.invalid"),
        ("Identity:Providers:0:ClientId", "hub"), ("Identity:Providers:0:ClientSecret", "a secret of the client"),
    ];

    [Fact]
    public async Task Linking_asks_for_the_password_and_says_where_the_provider_does_not_answer()
    {
        await using var hub = await LocalHub.MadeAsync(Corp);
        var client = hub.CreateClient();
        (await client.SignInAsync("first", LocalHub.Password)).Dispose();
        var (status, body) = await LinkAsync("not the password");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(body.GetProperty("errors").TryGetProperty("password", out _));
        (status, body) = await LinkAsync(LocalHub.Password);
        Assert.Equal((HttpStatusCode.OK, "/account?provider=corp&refused=Unreachable"), (status, body.Text("location")));
        Assert.Contains("does not answer", await client.GetStringAsync(body.Text("location")), StringComparison.Ordinal);

        async Task<(HttpStatusCode, JsonElement)> LinkAsync(string password)
        {
            var token = System.Text.RegularExpressions.Regex.Match(await client.GetStringAsync("/sign-in"),
                "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
            using var answer = await client.PostAsync("/sign-in/oidc/corp/link", new FormUrlEncodedContent(
                [new("password", password), new("__RequestVerificationToken", token)]));
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
        }
    }

    [Fact]
    public async Task Nobody_unlinks_their_only_way_in_and_roles_by_claims_end_with_the_account()
    {
        await using var hub = await LocalHub.MadeAsync(Corp);
        var admin = hub.CreateClient();
        (await admin.SignInAsync("first", LocalHub.Password)).Dispose();
        await admin.MakeAsync("/api/v1/people", new { account = "second", displayName = "Second", roles = new[] { "Reporter" } });
        var second = await hub.LinkedAsync("second", Roles.Responder);
        var linked = hub.Services.GetRequiredService<LinkedAccounts>();

        Assert.Equal("only_way_in", (await linked.UnlinkAsync(second.Id, "corp", second.ToActor(), null, default)).Refusal?.Code);
        Assert.Single(await linked.OfAsync(second.Id, default));
        using var set = await hub.CreateClient().SubmitAsync(
            $"/reset?token={await hub.LinkAsync("second")}", ("password", "another four random words"));
        var unlinked = await linked.UnlinkAsync(second.Id, "corp", second.ToActor(), null, default);
        Assert.Equal(Roles.Reporter, unlinked.Value.Roles);
        Assert.Empty(await linked.OfAsync(second.Id, default));
        Assert.Equal(RefusalKind.NotFound, (await linked.UnlinkAsync(second.Id, "corp", second.ToActor(), null, default)).Refusal?.Kind);
        Assert.Equal(["person.claims-applied", "person.login-unlinked"], await hub.ColumnAsync(
            "SELECT Act FROM AuditEntry WHERE Subject = 'person second' AND (Act LIKE '%link%' OR Act LIKE '%claims%') AND Act NOT LIKE '%reset%'"));
    }

    [Fact]
    public async Task Neither_unlinking_nor_a_mapping_takes_the_last_administrator()
    {
        await using var hub = await LocalHub.MadeAsync(Corp);
        var admin = hub.CreateClient();
        (await admin.SignInAsync("first", LocalHub.Password)).Dispose();
        await admin.MakeAsync("/api/v1/people", new { account = "second", displayName = "Second", roles = new[] { "Reporter" } });
        object Rules(params object[] rules) => new { provider = "corp", rules };
        var administrators = new { claim = "groups", value = "administrators", role = "Administrator" };
        await admin.ReadAsync("/api/v1/identity/mapping");
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync(HttpMethod.Put, "/api/v1/identity/mapping", Rules(administrators))).Status);
        var second = await hub.LinkedAsync("second", Roles.Administrator, """{"groups":["administrators"]}""");
        await admin.SendAsync(HttpMethod.Patch, "/api/v1/people/first", new { roles = new[] { "Auditor" } });

        var actor = new Actor(Guid.CreateVersion7(), "Another", Roles.Administrator);
        var edit = new EditMapping(null, []);
        var refused = await hub.Services.GetRequiredService<MappingCommands>().RunAsync("corp", edit, null, actor);
        Assert.Equal("last_administrator", refused.Refusal?.Code);
        Assert.Contains("rules", refused.Refusal!.Errors!.Keys);
        Assert.Equal("last_administrator",
            (await hub.Services.GetRequiredService<PeopleCommands>().UnlinkAsync("second", "corp", actor)).Refusal?.Code);
        Assert.Equal(Roles.Administrator, (await hub.Services.GetRequiredService<People>().FindAsync(second.Id))!.Mapped);

        await hub.Db.WriteAsync<Done>(async tx =>
        {
            var first = (await People.FindAsync(tx, "first"))!;
            await People.SaveAsync(tx, first with { Roles = Roles.Administrator });
            return default(Done);
        });
        Assert.True((await hub.Services.GetRequiredService<MappingCommands>().RunAsync("corp", edit, null, actor)).IsOk);
    }
}

file static class Linking
{
    /// <summary>Links a person with an account at the provider, whose claims give them roles.</summary>
    public static async Task<Person> LinkedAsync(this TestHub hub, string account, Roles mapped, string claims = "{}") =>
        (await hub.Db.WriteAsync<Person>(async tx =>
        {
            var person = (await People.FindAsync(tx, account))!;
            var login = await ExternalLogins.AddAsync(tx, "https://corp.invalid", "subject-1", person.Id, "corp");
            await ExternalLogins.SaveAsync(tx, login with { Claims = claims, MappedRoles = mapped.ToString() });
            await People.SaveMappedAsync(tx, person with { Mapped = mapped });
            return (await People.FindAsync(tx, account))!;
        })).Value;
}
