using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace IncidentHub.Tests.Access.Identity;

public sealed class PeopleTests
{
    private const string Api = "/api/v1/people", Read = "/api/v1/programs";

    [Fact]
    public async Task An_account_is_made_with_a_link_and_its_roles_apply_at_once()
    {
        await using var hub = await LocalHub.MadeAsync();
        var (admin, person) = (await AdminAsync(hub), hub.CreateClient());
        var made = await admin.MakeAsync(Api, new { account = "New.One", displayName = "New one", roles = new[] { "reporter" } });
        var path = made.Text("path");
        using var set = await person.SubmitAsync(path, ("password", LocalHub.Password));
        Assert.Equal("/sign-in?set=1", set.Headers.Location?.ToString());
        (await person.SignInAsync("new.one", LocalHub.Password)).Dispose();
        Assert.Equal(HttpStatusCode.Forbidden, (await person.SendAsync(HttpMethod.Get, Read)).Status);

        await PatchAsync(admin, "new.one", new { roles = new[] { "Auditor" } });
        Assert.Equal(HttpStatusCode.OK, (await person.SendAsync(HttpMethod.Get, Read)).Status);
        await admin.MakeAsync($"{Api}/new.one/deactivate", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.SendAsync(HttpMethod.Get, Read)).Status);
        using var refused = await person.SignInAsync("new.one", LocalHub.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False((await admin.ReadAsync($"{Api}/new.one")).GetProperty("isActive").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync($"{Api}/new.one/reset", new { })).Status);
    }

    [Fact]
    public async Task Lent_roles_end_by_themselves()
    {
        await using var hub = new TestHub();
        var (admin, employee) = (await hub.AsAsync("administrator"), await hub.AsAsync("employee"));
        await admin.MakeAsync($"{Api}/employee/lend", new { roles = new[] { "Responder" }, until = hub.Clock.Now.AddHours(8) });
        Assert.Equal(HttpStatusCode.OK, (await employee.SendAsync(HttpMethod.Get, Read)).Status);
        hub.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.SendAsync(HttpMethod.Get, Read)).Status);

        await admin.MakeAsync($"{Api}/employee/lend", new { roles = new[] { "Responder" }, until = hub.Clock.Now.AddHours(8) });
        Assert.Equal(HttpStatusCode.OK, (await employee.SendAsync(HttpMethod.Get, Read)).Status);
        await admin.MakeAsync($"{Api}/employee/end-loan", new { });
        Assert.Equal(HttpStatusCode.Forbidden, (await employee.SendAsync(HttpMethod.Get, Read)).Status);
        ApiCalls.AssertProblem(
            await admin.PostAsync($"{Api}/employee/lend", new { roles = new[] { "Administrator" }, until = hub.Clock.Now.AddDays(60) }),
            HttpStatusCode.BadRequest, "roles", "until");
    }

    [Fact]
    public async Task The_last_administrator_stays_one_and_nobody_deactivates_themselves()
    {
        await using var hub = new TestHub();
        var admin = await hub.AsAsync("administrator");
        Assert.Equal("own_account", (await admin.PostAsync($"{Api}/administrator/deactivate", new { })).Body.Text("code"));
        var (status, body) = await admin.SendAsync(HttpMethod.Patch, $"{Api}/administrator", new { roles = new[] { "Auditor" } });
        Assert.Equal((HttpStatusCode.Conflict, "last_administrator"), (status, body.Text("code")));
        await PatchAsync(admin, "auditor", new { roles = new[] { "Auditor", "Administrator" } });
        await PatchAsync(admin, "administrator", new { roles = new[] { "Auditor" } });
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.SendAsync(HttpMethod.Get, Api)).Status);
    }

    [Fact]
    public async Task An_owner_of_programs_is_not_deactivated_unnoticed()
    {
        await using var hub = new TestHub { Demo = true };
        var admin = await hub.AsAsync("administrator");
        var (status, body) = await admin.PostAsync($"{Api}/owner/deactivate", new { });
        Assert.Equal((HttpStatusCode.Conflict, "owns_programs"), (status, body.Text("code")));
        Assert.Contains("MCI", body.Text("detail"), StringComparison.Ordinal);
        await admin.MakeAsync($"{Api}/owner/deactivate", new { leaveOwnedPrograms = true });
    }

    [Fact]
    public async Task People_are_found_by_the_beginning_of_account_or_name_page_by_page_and_by_administrators_only()
    {
        await using var hub = new TestHub();
        var admin = await hub.AsAsync("administrator");
        var first = await admin.ReadAsync($"{Api}?limit=4");
        var next = await admin.ReadAsync($"{Api}?limit=250&cursor={first.Text("nextCursor")}");
        Assert.Equal(DemoAccounts.All.Select(p => p.Account).Order(StringComparer.Ordinal), Accounts(first).Concat(Accounts(next)));
        Assert.Equal(["deputy", "owner", "owner-2"], Accounts(await admin.ReadAsync($"{Api}?q=own")));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await hub.AsAsync("privacy")).SendAsync(HttpMethod.Get, Api)).Status);
    }

    [Fact]
    public async Task All_sessions_of_a_person_are_ended_at_once()
    {
        await using var hub = new TestHub();
        var (admin, one, other) = (await hub.AsAsync("administrator"), await hub.AsAsync("owner"), await hub.AsAsync("owner"));
        Assert.Equal(2, (await admin.ReadAsync($"{Api}/owner")).GetProperty("sessions").GetInt32());
        await admin.MakeAsync($"{Api}/owner/end-sessions", new { });
        foreach (var client in new[] { one, other })
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(HttpMethod.Get, Read)).Status);
    }

    [Fact]
    public async Task The_reset_on_the_machine_reactivates_and_makes_an_administrator_where_none_is_left()
    {
        await using var hub = await LocalHub.MadeAsync();
        await hub.Db.WriteAsync<IncidentHub.Domain.Done>(async tx =>
        {
            var person = (await People.FindAsync(tx, "first"))!;
            await People.SaveAsync(tx, person with { IsActive = false, Roles = IncidentHub.Domain.Access.Roles.Reporter });
            return default(IncidentHub.Domain.Done);
        });
        var reset = await hub.Db.WriteAsync<(Person Person, string Token)>(
            tx => AdminCommand.ResetAsync(tx, "FIRST", new(false, true, [])));
        Assert.True(reset.Value.Person is { IsActive: true });
        Assert.Equal(["Reporter, Administrator"], await hub.ColumnAsync("SELECT Roles FROM Person"));
        Assert.Contains("person.reset-on-the-machine", await hub.ColumnAsync("SELECT Act FROM AuditEntry"));
        using var set = await hub.CreateClient().SubmitAsync(ResetLink.Path(reset.Value.Token), ("password", "another four random words"));
        Assert.Equal("/sign-in?set=1", set.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_command_on_the_machine_waits_for_nobody_and_says_what_to_do()
    {
        await using var hub = await LocalHub.MadeAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:IncidentHub"] = $"Data Source={hub.DatabaseFile}",
        }).Build();
        using var running = new StringWriter();
        Assert.Equal(2, await AdminCommand.RunAsync(["admin", "reset", "first"], configuration, running));
        Assert.Contains("The hub is running. Stop it", running.ToString(), StringComparison.Ordinal);
        using var usage = new StringWriter();
        Assert.Equal(2, await AdminCommand.RunAsync(["admin"], configuration, usage));
        Assert.Contains("Usage", usage.ToString(), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> AdminAsync(TestHub hub)
    {
        var client = hub.CreateClient();
        (await client.SignInAsync("first", LocalHub.Password)).Dispose();
        return client;
    }

    private static async Task PatchAsync(HttpClient client, string account, object body)
    {
        using var answer = await client.PatchAsJsonAsync($"{Api}/{account}", body);
        answer.EnsureSuccessStatusCode();
    }

    private static IEnumerable<string> Accounts(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(p => p.Text("account"));
}
