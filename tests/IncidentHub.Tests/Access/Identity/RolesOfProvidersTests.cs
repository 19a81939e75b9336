using System.Net;
using IncidentHub.Access.Identity;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

/// <summary>A role counts however somebody has it: granted, lent, or by the claims of a provider.</summary>
public sealed class RolesOfProvidersTests
{
    [Fact]
    public async Task Approvers_are_found_by_granted_lent_and_mapped_roles()
    {
        await using var hub = new TestHub();
        await MapAsync(hub, "auditor", Roles.Executive);
        await LendAsync(hub, "employee", Roles.Executive, hub.Clock.Now.AddHours(1));
        await LendAsync(hub, "counsel", Roles.Executive, hub.Clock.Now.AddHours(-1));
        Assert.Equal(["auditor", "employee", "executive"], await ExecutivesAsync());
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            var person = (await People.FindAsync(tx, "auditor"))!;
            await People.SaveAsync(tx, person with { IsActive = false, Roles = person.Own });
            return default(Done);
        });
        hub.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["executive"], await ExecutivesAsync());

        async Task<IEnumerable<string>> ExecutivesAsync() =>
            (await hub.Db.ReadAsync(sql => People.WithRoleAsync(sql, Roles.Executive, hub.Clock.Now)))
                .Select(p => p.Account).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Owners_of_programs_are_offered_by_granted_and_mapped_roles()
    {
        await using var hub = new TestHub();
        await MapAsync(hub, "auditor", Roles.ProgramOwner);
        var found = await hub.Db.ReadAsync(sql => sql.QueryAsync<Owner>("Program_Owners",
            new { NameStart = "%", WordStart = "%", Limit = 100 }));
        Assert.Contains(DemoAccounts.Find("auditor").Id, found.Select(o => o.Id));
    }

    [Fact]
    public async Task The_last_administrator_who_can_sign_in_stays_one()
    {
        await using var hub = await LocalHub.MadeAsync();
        var admin = hub.CreateClient();
        (await admin.SignInAsync("first", LocalHub.Password)).Dispose();
        // A second administrator, whose link was not used yet: nobody can sign in as them.
        await admin.MakeAsync("/api/v1/people", new { account = "second", displayName = "Second", roles = new[] { "Administrator" } });
        var (status, body) = await admin.SendAsync(HttpMethod.Patch, "/api/v1/people/first", new { roles = new[] { "Auditor" } });
        Assert.Equal((HttpStatusCode.Conflict, "last_administrator"), (status, body.Text("code")));
        using var set = await hub.CreateClient().SubmitAsync(
            $"/reset?token={await hub.LinkAsync("second")}", ("password", "another four random words"));
        Assert.Equal(HttpStatusCode.OK,
            (await admin.SendAsync(HttpMethod.Patch, "/api/v1/people/first", new { roles = new[] { "Auditor" } })).Status);
    }

    [Fact]
    public async Task An_administrator_by_claims_counts_where_their_provider_is_configured()
    {
        await using var hub = await LocalHub.MadeAsync(("Identity:Providers:0:Name", "corp"),
            ("Identity:Providers:0:Authority", "https://corp.example"), ("Identity:Providers:0:ClientId", "hub"),
            ("Identity:Providers:0:ClientSecret", "a secret of the client"));
        var admin = hub.CreateClient();
        (await admin.SignInAsync("first", LocalHub.Password)).Dispose();
        await admin.MakeAsync("/api/v1/people", new { account = "second", displayName = "Second", roles = new[] { "Reporter" } });
        await MapAsync(hub, "second", Roles.Administrator);
        var shown = await admin.ReadAsync("/api/v1/people/second");
        Assert.Equal("Administrator", Assert.Single(shown.GetProperty("mappedRoles").EnumerateArray()).GetString());
        Assert.Equal("Research", shown.Text("department"));
        Assert.Equal(HttpStatusCode.Conflict, await StepDownAsync());
        await LinkAsync("former");
        Assert.Equal(HttpStatusCode.Conflict, await StepDownAsync());
        await LinkAsync("corp");
        // An independent role leaves nothing of the others.
        await MapAsync(hub, "second", Roles.Administrator | Roles.DataProtectionOfficer);
        Assert.Equal(HttpStatusCode.Conflict, await StepDownAsync());
        await MapAsync(hub, "second", Roles.Administrator);
        Assert.Equal(HttpStatusCode.OK, await StepDownAsync());
        // They are the last one now, although the role is not granted by hand.
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            var first = (await People.FindAsync(tx, "first"))!;
            await People.SaveAsync(tx, first with { Roles = Roles.Reporter });
            return default(Done);
        });
        var refused = await hub.Services.GetRequiredService<PeopleCommands>().DeactivateAsync("second", true,
            new Actor(Guid.CreateVersion7(), "Another", Roles.Administrator));
        Assert.Equal("last_administrator", refused.Refusal?.Code);

        async Task<HttpStatusCode> StepDownAsync() =>
            (await admin.SendAsync(HttpMethod.Patch, "/api/v1/people/first", new { roles = new[] { "Auditor" } })).Status;

        Task LinkAsync(string provider) => hub.Db.WriteAsync<Done>(async tx =>
        {
            var id = (await People.FindAsync(tx, "second"))!.Id;
            await ExternalLogins.AddAsync(tx, $"https://{provider}.example", "subject-1", id, provider);
            return default(Done);
        });
    }

    private static Task MapAsync(TestHub hub, string account, Roles mapped) => hub.Db.WriteAsync<Done>(async tx =>
    {
        var person = (await People.FindAsync(tx, account))!;
        await People.SaveMappedAsync(tx, person with { Mapped = mapped, Department = "Research" });
        return default(Done);
    });

    private static Task LendAsync(TestHub hub, string account, Roles roles, DateTimeOffset until) => hub.Db.WriteAsync<Done>(async tx =>
    {
        var person = (await People.FindAsync(tx, account))!;
        await tx.ExecuteAsync("RoleLoan_Insert",
            new { PersonId = person.Id, Roles = roles.ToString(), LentUntil = until, LentByName = "A test" });
        return default(Done);
    });

    private sealed record Owner
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
    }
}
