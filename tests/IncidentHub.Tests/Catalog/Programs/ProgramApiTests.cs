using IncidentHub.Domain;
using System.Net;
using System.Text.Json;
using Dapper;
using IncidentHub.Domain.Programs;
using IncidentHub.Catalog.Programs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Catalog.Programs;

public sealed class ProgramApiTests : IAsyncLifetime
{
    private readonly TestHub _hub = new();
    private HttpClient _owner = null!;

    internal static object Program(string code, string owner = "owner") => new
    {
        code,
        name = "Model Capability Initiative",
        purpose = "Teach models how work is done.",
        owner,
        deputies = new[] { "deputy" },
        unit = "Research",
        parentInitiative = "Agent Transformation Accelerator",
        population = "most staff",
        people = 38200,
        regions = new[] { "US" },
        participation = "Mandatory",
        categories = new[] { "Keystrokes", "Mouse movements", "Clicks", "Screen snapshots" },
        surfaces = new[] { "Workstations" },
        launchDate = "2026-04-20",
        lawfulBasis = "Legitimate interest",
        impactAssessment = "DPIA-7",
        notice = "Staff notice 12",
    };

    public async ValueTask InitializeAsync() => _owner = await _hub.AsAsync("owner");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_program_is_registered_read_edited_and_launched()
    {
        var made = await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        Assert.Equal("Draft", made.Text("lifecycle"));
        Assert.Equal("deputy", made.GetProperty("deputies")[0].Text("account"));
        Assert.Equal(["keystrokes", "mouse-movements", "clicks", "screen-snapshots"], made.GetProperty("categories").EnumerateArray()
            .Select(c => c.GetString()!));

        var (status, edited) = await _owner.SendAsync(HttpMethod.Put, "/api/v1/programs/MCI",
            new
            {
                name = "MCI",
                purpose = "p",
                owner = "owner",
                unit = "u",
                regions = new[] { "US" },
                categories = new[] { "clicks" },
                lawfulBasis = "Consent",
                expectedVersion = 1
            });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, edited.GetProperty("deputies").GetArrayLength());

        Assert.Equal("Live", (await _owner.MakeAsync("/api/v1/programs/MCI/launch", new { expectedVersion = 2 })).Text("lifecycle"));
        var read = await _owner.ReadAsync("/api/v1/programs/MCI");
        Assert.Equal(("Live", 3, "2026-06-18"), (read.Text("lifecycle"), read.GetProperty("version").GetInt32(), read.Text("launchDate")));
        Assert.Equal(["program.registered", "program.edited", "program.launched"], await AuditAsync("program MCI"));
        Assert.False(read.ToString().Contains(TestHub.Actor("owner").Id.ToString(), StringComparison.Ordinal), "Ids stay inside.");
    }

    [Fact]
    public async Task A_stale_edit_is_a_409_that_names_who_changed_what()
    {
        await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        var body = new
        {
            name = "Renamed",
            purpose = "Teach models how work is done.",
            owner = "owner",
            unit = "Research",
            expectedVersion = 1
        };
        await _owner.SendAsync(HttpMethod.Put, "/api/v1/programs/MCI", body);
        var stale = await (await _hub.AsAsync("deputy")).SendAsync(HttpMethod.Put, "/api/v1/programs/MCI", body);
        Assert.Equal(HttpStatusCode.Forbidden, stale.Status);
        stale = await _owner.SendAsync(HttpMethod.Put, "/api/v1/programs/MCI", body);
        AssertProblem(stale, HttpStatusCode.Conflict);
        Assert.Equal("stale", stale.Body.Text("code"));
        Assert.Contains("Program owner", stale.Body.Text("detail"));
        Assert.Contains("lawful basis", stale.Body.GetProperty("changes")[0].GetString());
    }

    [Fact]
    public async Task Unreadable_input_names_the_field()
    {
        foreach (var (body, field) in new[]
        {
            ("", "body"), ("[]", "body"), ("{\"name\": 5}", "name"), ("{\"people\": \"many\"}", "people"),
                ("{\"participation\": \"Forced\"}", "participation"), ("{\"participation\": 1}", "participation"),
            ("{\"launchDate\": \"yesterday\"}", "launchDate"), ("{\"regions\": \"US\"}", "regions"),
                ("{\"people\": 99999999999}", "people"),
        })
        {
            AssertProblem(await _owner.PostAsync("/api/v1/programs", body), HttpStatusCode.BadRequest, field);
        }
        Assert.Equal(0, (await _owner.ReadAsync("/api/v1/programs")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Invalid_values_name_every_field_and_write_nothing()
    {
        AssertProblem(
            await _owner.PostAsync(
            "/api/v1/programs", new
            {
                code = "no code",
                owner = "owner",
                ttlSeconds = -1,
                categories = new[] { new string('x', 41) },
                regions = new[] { "Utopia" },
                deputies = new[] { "deputy" },
                name = new string('x', 100_000)
            }),
            HttpStatusCode.BadRequest, "code", "name", "purpose", "unit", "ttlSeconds", "renewalSeconds", "categories", "regions");
        AssertProblem(await _owner.PostAsync("/api/v1/programs", new { code = "MCI", owner = "nobody" }),
            HttpStatusCode.BadRequest, "owner");
        AssertProblem(
            await _owner.PostAsync(
            "/api/v1/programs", new { code = "MCI", owner = "owner", deputies = new[] { "x'; DROP TABLE Program; --" } }),
            HttpStatusCode.BadRequest, "deputies");
        Assert.Equal(0, (await _owner.ReadAsync("/api/v1/programs")).GetProperty("items").GetArrayLength());
        Assert.Empty(await AuditAsync("program MCI"));
    }

    [Fact]
    public async Task Hostile_text_is_stored_and_returned_as_text()
    {
        const string hostile = "<script>alert(1)</script>'; DROP TABLE Program; --";
        await _owner.MakeAsync("/api/v1/programs", new
        {
            code = "X1",
            name = hostile,
            purpose = hostile,
            owner = "owner",
            unit = hostile,
            surfaces = new[] { hostile }
        });
        Assert.Equal(hostile, (await _owner.ReadAsync("/api/v1/programs/X1")).Text("name"));
        foreach (var path in new[] { $"?q={Uri.EscapeDataString(hostile)}", $"?category={Uri.EscapeDataString(hostile)}",
            $"?region={Uri.EscapeDataString(hostile)}", "?q=%25" }) await _owner.ReadAsync("/api/v1/programs" + path);
        Assert.Equal(0, (await _owner.ReadAsync("/api/v1/programs?q=%25")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Invalid_queries_name_the_parameter()
    {
        foreach (var (query, field) in new[] { ("?limit=0", "limit"), ("?limit=251", "limit"), ("?limit=x", "limit"),
            ("?cursor=x", "cursor"), ("?cursor=WzFd", "cursor"), ("?lifecycle=Dead", "lifecycle"), ("?updatedSince=x", "updatedSince"),
            ("?mine=x", "mine") })
        {
            AssertProblem(await _owner.SendAsync(HttpMethod.Get, "/api/v1/programs" + query), HttpStatusCode.BadRequest, field);
        }
    }

    [Fact]
    public async Task Unknown_programs_are_not_found_by_any_request()
    {
        foreach (var code in new[] { "NONE", "no%20code", "..%2F..", new string('X', 500) })
        {
            AssertProblem(await _owner.SendAsync(HttpMethod.Get, $"/api/v1/programs/{code}"), HttpStatusCode.NotFound);
            AssertProblem(await _owner.SendAsync(HttpMethod.Put, $"/api/v1/programs/{code}", new { owner = "owner" }),
                HttpStatusCode.NotFound);
            AssertProblem(await _owner.PostAsync($"/api/v1/programs/{code}/launch", new { }), HttpStatusCode.NotFound);
            AssertProblem(await _owner.PostAsync($"/api/v1/programs/{code}/safeguards", new { text = "x", source = "y" }),
                HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Readers_read_and_only_the_owner_and_deputies_write()
    {
        await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        foreach (var (account, read, write) in new[]
        {
            ("employee", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ("executive", HttpStatusCode.OK, HttpStatusCode.Forbidden),
                ("owner-2", HttpStatusCode.OK, HttpStatusCode.Forbidden),
            (null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), ("deputy", HttpStatusCode.OK, HttpStatusCode.OK),
        })
        {
            var client = await _hub.AsAsync(account);
            Assert.Equal((account, read), (account, (await client.SendAsync(HttpMethod.Get, "/api/v1/programs")).Status));
            Assert.Equal((account, read), (account, (await client.SendAsync(HttpMethod.Get, "/api/v1/programs/MCI")).Status));
            Assert.Equal((account, write), (account, (await client.PostAsync("/api/v1/programs/MCI/launch", new { })).Status));
        }
    }

    [Fact]
    public async Task A_code_can_be_used_once()
    {
        await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        var again = await _owner.PostAsync("/api/v1/programs", Program("MCI"));
        AssertProblem(again, HttpStatusCode.Conflict, "code");
        Assert.Equal("code_taken", again.Body.Text("code"));
    }

    [Fact]
    public async Task Lists_are_paged_by_code_and_filtered()
    {
        foreach (var n in Enumerable.Range(1, 7))
            await _owner.MakeAsync("/api/v1/programs", Program($"P-{n}", n == 3 ? "owner-2" : "owner"));
        await _owner.MakeAsync("/api/v1/programs/P-5/launch", new { });
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _owner.ReadAsync($"/api/v1/programs?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(p => p.Text("code")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(1, 7).Select(n => $"P-{n}"), seen);
        Assert.Equal(["P-5"], await CodesAsync("?lifecycle=Live"));
        Assert.Equal(["P-1", "P-2", "P-4", "P-5", "P-6", "P-7"], await CodesAsync("?mine=true"));
        Assert.Equal(7, (await CodesAsync("?category=Screen%20snapshots&region=us&q=capab")).Count);
        Assert.Empty(await CodesAsync("?region=GB"));
        Assert.Equal(["P-5"], await CodesAsync("?q=p-5"));
    }

    [Fact]
    public async Task List_and_dashboard_count_a_verification_for_the_period_of_its_safeguard()
    {
        await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        foreach (var days in new int?[] { 30, null, 365 })
            await _owner.MakeAsync("/api/v1/programs/MCI/safeguards",
                new { text = $"For {days}", source = "memo", verifyEveryDays = days });
        await _owner.MakeAsync("/api/v1/programs/MCI/launch");
        var responder = await _hub.AsAsync("responder");
        foreach (var number in new[] { 1, 2, 3 })
            await responder.MakeAsync($"/api/v1/programs/MCI/safeguards/{number}/verify", new { holds = true, evidence = "Looked." });
        foreach (var (days, verified) in new[] { (0, 3), (31, 2), (60, 1), (275, 0) })
        {
            _hub.Clock.Advance(TimeSpan.FromDays(days));
            _owner = await _hub.AsAsync("owner");
            var dashboard = await _owner.ReadAsync("/api/v1/dashboard");
            Assert.Equal((verified, 3 - verified, 0), (dashboard.GetProperty("safeguardsVerified").GetInt32(),
                dashboard.GetProperty("safeguardsExpired").GetInt32(), dashboard.GetProperty("safeguardsBroken").GetInt32()));
            var listed = (await _owner.ReadAsync("/api/v1/programs")).GetProperty("items")[0];
            Assert.Equal(verified, listed.GetProperty("safeguardsVerified").GetInt32());
        }
    }

    [Fact]
    public async Task A_safeguard_is_recorded_verified_expires_and_is_broken_by_an_incident()
    {
        await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        await _owner.MakeAsync("/api/v1/programs/MCI/safeguards",
            new { text = "Access locked down", source = "launch memo", committedOn = "2026-04-20" });
        var responder = await _hub.AsAsync("responder");
        Assert.Equal(
            "Verified",
            (await responder.MakeAsync("/api/v1/programs/MCI/safeguards/1/verify",
            new { holds = true, evidence = "Grants listed.", expectedVersion = 1 })).Text("status"));
        AssertProblem(
            await responder.PostAsync("/api/v1/programs/MCI/safeguards/1/verify",
            new { holds = true, evidence = "Again.", expectedVersion = 1 }), HttpStatusCode.Conflict);
        _hub.Clock.Advance(SafeguardRules.Freshness);
        _owner = await _hub.AsAsync("owner");
        Assert.Equal("Expired", (await SafeguardAsync()).Text("status"));

        await BreakAsync();
        var broken = await SafeguardAsync();
        // By an incident that does not exist for the reader: only that it is broken.
        Assert.Equal(("Broken", false), (broken.Text("status"), broken.GetProperty("brokenByIncident").GetBoolean()));
        foreach (var why in new[] { "checkedAt", "checkedBy", "evidence" })
            Assert.Equal(JsonValueKind.Null, broken.GetProperty(why).ValueKind);
        Assert.DoesNotContain("INC-R7K2QD", broken.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, (await _owner.ReadAsync("/api/v1/programs")).GetProperty("items")[0].GetProperty("safeguardsBroken").GetInt32());
        Assert.Equal(["program.registered", "safeguard.recorded", "safeguard.verified", "safeguard.broken"],
            await AuditAsync("program MCI"));
    }

    [Fact]
    public async Task Invalid_safeguards_and_verifications_name_the_field()
    {
        await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        AssertProblem(await _owner.PostAsync("/api/v1/programs/MCI/safeguards", new { committedOn = "2030-01-01" }),
            HttpStatusCode.BadRequest, "text", "source", "committedOn");
        AssertProblem(await _owner.PostAsync("/api/v1/programs/MCI/safeguards/1/verify", new { holds = true, evidence = "x" }),
            HttpStatusCode.NotFound);
        await _owner.MakeAsync("/api/v1/programs/MCI/safeguards", new { text = "t", source = "s" });
        AssertProblem(await _owner.PostAsync("/api/v1/programs/MCI/safeguards/1/verify", new { evidence = "x" }),
            HttpStatusCode.BadRequest, "holds");
        AssertProblem(await _owner.PostAsync("/api/v1/programs/MCI/safeguards/1/verify", new { holds = true }),
            HttpStatusCode.BadRequest, "evidence");
        AssertProblem(await _owner.PostAsync("/api/v1/programs/MCI/safeguards/1/verify", "{\"holds\":\"yes\"}"),
            HttpStatusCode.BadRequest, "holds");
    }

    [Fact]
    public async Task A_terminated_program_refuses_everything()
    {
        await _owner.MakeAsync("/api/v1/programs", Program("MCI"));
        var writer = _hub.Services.GetRequiredService<ProgramCommands>();
        var reader = _hub.Services.GetRequiredService<ProgramReader>();
        var ended = await _hub.Db.WriteAsync<ProgramFacts>(async tx =>
            await writer.TerminateAsync(tx, (await reader.FindByCodeAsync(tx, "MCI"))!.Id, "Decided.", TestHub.Actor("executive")));
        Assert.Equal(ProgramLifecycle.Terminated, ended.Value.Lifecycle);
        Assert.Equal("program_terminated", (await _owner.PostAsync("/api/v1/programs/MCI/launch", new { })).Body.Text("code"));
    }

    private async Task BreakAsync()
    {
        var reader = _hub.Services.GetRequiredService<ProgramReader>();
        var safeguards = _hub.Services.GetRequiredService<SafeguardCommands>();
        await _hub.Db.WriteAsync<Done>(async tx =>
        {
            var program = (await reader.FindByCodeAsync(tx, "MCI"))!;
            var ids = (await reader.SafeguardsAsync(tx, program.Id)).Select(s => s.Id).ToList();
            var incident = OrderedId.Next(tx.Now);
            Assert.Equal(["Access locked down"], await safeguards.BreakAsync(
                tx, program.Id, ids, incident, "INC-R7K2QD", TestHub.Actor("responder")));
            Assert.Empty(await safeguards.BreakAsync(tx, program.Id, ids, incident, "INC-R7K2QD", TestHub.Actor("responder")));
            return default(Done);
        });
    }

    private async Task<JsonElement> SafeguardAsync() => (await _owner.ReadAsync("/api/v1/programs/MCI")).GetProperty("safeguards")[0];

    private async Task<List<string>> CodesAsync(string query) =>
        [.. (await _owner.ReadAsync("/api/v1/programs" + query)).GetProperty("items").EnumerateArray().Select(p => p.Text("code"))];

    private async Task<IEnumerable<string>> AuditAsync(string subject)
    {
        await using var connection = await _hub.Services.GetRequiredService<IncidentHub.Platform.Database.Connections>()
            .OpenAsync(CancellationToken.None);
        return await connection.QueryAsync<string>("SELECT Act FROM AuditEntry WHERE Subject = @subject ORDER BY Sequence",
            new { subject });
    }
}
