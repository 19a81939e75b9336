using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Insight.Dashboard;

public class DashboardTests
{
    [Fact]
    public async Task Incidents_and_their_measures_are_counted_once_however_often_they_are_read()
    {
        await using var hub = new TestHub();
        var code = await DeclareAsync(hub, 2);
        await DeclareAsync(hub, 4);
        hub.Clock.Advance(TimeSpan.FromHours(3));
        await ActAsync(hub, code, "contain");
        await KeepAsync(hub);
        await KeepAsync(hub);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync(hub);

        var view = await ViewAsync(hub, "executive");
        Assert.Equal(new Dictionary<Sev, long> { [Sev.Major] = 1, [Sev.Minor] = 1 }, view.Incidents[^1].BySev);
        var contain = view.Measures.Single(m => m.Kind == RollupKind.Contain);
        Assert.Equal(1, contain.Count);
        Assert.InRange(contain.Median!.Value.TotalHours, 3 * .95, 3 * 1.05);
        Assert.Equal(2, view.Open);
    }

    [Fact]
    public async Task A_change_of_SEV_moves_the_incident_to_the_new_level_only()
    {
        await using var hub = new TestHub();
        var code = await DeclareAsync(hub, 3);
        await KeepAsync(hub);
        await ActAsync(hub, code, "sev", new { sev = 1, reason = "It left the company." });
        await KeepAsync(hub);
        Assert.Equal(new Dictionary<Sev, long> { [Sev.Critical] = 1 }, (await ViewAsync(hub, "executive")).Incidents[^1].BySev);
    }

    [Fact]
    public async Task Changes_since_the_last_rollup_are_in_the_figures_at_once_and_the_next_rollup_does_not_change_them()
    {
        await using var hub = new TestHub();
        var code = await DeclareAsync(hub, 3);
        await DeclareAsync(hub, 4);
        var first = await ViewAsync(hub, "executive");
        Assert.Equal(new Dictionary<Sev, long> { [Sev.Moderate] = 1, [Sev.Minor] = 1 }, first.Incidents[^1].BySev);
        await KeepAsync(hub);
        await ActAsync(hub, code, "sev", new { sev = 1, reason = "It left the company." });
        var restricted = await DeclareAsync(hub, 2);
        await ActAsync(hub, restricted, "confidentiality", new { confidentiality = "Restricted", reason = "Named people." }, "privacy");
        hub.Clock.Advance(TimeSpan.FromHours(3));
        await ActAsync(hub, code, "contain");
        for (var kept = 0; kept < 2; kept++)
        {
            var view = await ViewAsync(hub, "executive");
            Assert.Equal(new Dictionary<Sev, long> { [Sev.Critical] = 1, [Sev.Minor] = 1 }, view.Incidents[^1].BySev);
            Assert.Equal(1, view.Measures.Single(m => m.Kind == RollupKind.Contain).Count);
            Assert.Equal(3, (await ViewAsync(hub, "privacy")).Incidents[^1].BySev.Values.Sum());
            await KeepAsync(hub);
        }
    }

    [Fact]
    public async Task Restricted_incidents_are_counted_only_for_roles_that_may_see_them()
    {
        await using var hub = new TestHub();
        await DeclareAsync(hub, 2);
        await ActAsync(hub, await DeclareAsync(hub, 1), "confidentiality", new { confidentiality = "Restricted", reason = "Named people." },
            "privacy");
        await KeepAsync(hub);
        Assert.Equal(1, (await ViewAsync(hub, "executive")).Incidents[^1].BySev.Values.Sum());
        Assert.Equal(2, (await ViewAsync(hub, "privacy")).Incidents[^1].BySev.Values.Sum());
    }

    [Fact]
    public async Task Incidents_loaded_with_past_times_are_counted_too()
    {
        Assert.SkipWhen(TestEngine.Current != IncidentHub.Platform.Database.Engine.Sqlite, "Changes the SQLite file by hand.");
        await using var hub = new TestHub();
        await DeclareAsync(hub, 2);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync(hub);
        var before = await DeclareAsync(hub, 2);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={hub.DatabaseFile}"))
        {
            await connection.OpenAsync();
            await using var past = connection.CreateCommand();
            past.CommandText = "UPDATE Incident SET ChangedAt = '2020-01-01T00:00:00.0000000Z' WHERE Code = $code";
            past.Parameters.AddWithValue("$code", before);
            Assert.Equal(1, await past.ExecuteNonQueryAsync());
        }
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync(hub);
        Assert.Equal(2, (await ViewAsync(hub, "executive")).Incidents[^1].BySev[Sev.Major]);
    }

    [Fact]
    public async Task The_figures_of_one_program_exclude_others_and_follow_its_links()
    {
        await using var hub = new TestHub();
        using (var owner = await hub.AsAsync("owner"))
        {
            await owner.MakeAsync("/api/v1/programs", ProgramApiTests.Program("MCI"));
            await owner.MakeAsync("/api/v1/programs/MCI/launch", new { });
        }
        var first = await DeclareAsync(hub, 2);
        await DeclareAsync(hub, 4, "TYP");
        await ActAsync(hub, first, "programs", new { program = "TYP", kind = "Downstream" });
        using (var responder = await hub.AsAsync("responder"))
            await responder.MakeAsync(
                "/api/v1/tasks", new { what = "Read the grants", incident = first, dueAt = hub.Clock.Now.AddMinutes(1) });
        hub.Clock.Advance(TimeSpan.FromHours(3));
        await ActAsync(hub, first, "contain");
        await KeepAsync(hub);

        var (all, mci, typ) = (await ViewAsync(hub, "executive"), await ViewAsync(hub, "executive", "mci"),
            await ViewAsync(hub, "executive", "TYP"));
        Assert.Equal((2, 1, 2), (all.Open, mci.Open, typ.Open));
        Assert.Equal((2L, 1L, 2L), (Weeks(all), Weeks(mci), Weeks(typ)));
        Assert.Equal((1, 1, 1), (all.OverdueTasks, mci.OverdueTasks, typ.OverdueTasks));
        Assert.Equal(["MCI"], mci.Paused.Select(p => p.Program.Code));
        Assert.Empty(typ.Paused);
        Assert.Equal(1, typ.Measures.Single(m => m.Kind == RollupKind.Contain).Count);

        await ActAsync(hub, first, "programs/TYP/withdraw", new { reason = "Not it." });
        await KeepAsync(hub);
        typ = await ViewAsync(hub, "executive", "TYP");
        Assert.Equal((1, 1L, 0L), (typ.Open, Weeks(typ), typ.Measures.Single(m => m.Kind == RollupKind.Contain).Count));
        using var executive = await hub.AsAsync("executive");
        ApiCalls.AssertProblem(await executive.SendAsync(HttpMethod.Get, "/api/v1/dashboard?program=NOPE"),
            HttpStatusCode.BadRequest, "program");
        Assert.Equal(1, (await executive.ReadAsync("/api/v1/dashboard?program=MCI&period=year")).GetProperty("overdueTasks").GetInt32());
    }

    private static long Weeks(DashboardView view) => view.Incidents.Sum(w => w.BySev.Values.Sum());

    [Fact]
    public async Task A_reporter_is_refused()
    {
        await using var hub = new TestHub();
        var answer = await hub.Services.GetRequiredService<DashboardQueries>()
            .LoadAsync(DashboardQueries.Quarter, TestHub.Actor("employee"));
        Assert.Equal(RefusalKind.Forbidden, answer.Refusal!.Kind);
    }

    private static async Task<string> DeclareAsync(TestHub hub, int sev, string program = "MCI")
    {
        using var owner = await hub.AsAsync("owner");
        using var registered = await owner.PostAsJsonAsync("/api/v1/programs", ProgramApiTests.Program(program));
        Assert.True(registered.IsSuccessStatusCode || registered.StatusCode == HttpStatusCode.Conflict,
            await registered.Content.ReadAsStringAsync());
        using var client = await hub.AsAsync("responder");
        using var answer = await client.PostAsJsonAsync("/api/v1/incidents",
            new { title = "Readable by everyone", sev, programs = new[] { new { program } } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    private static async Task ActAsync(TestHub hub, string code, string act, object? body = null, string account = "responder")
    {
        using var client = await hub.AsAsync(account);
        using var answer = await client.PostAsJsonAsync($"/api/v1/incidents/{code}/{act}", body ?? new { });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task KeepAsync(TestHub hub) => hub.Services.GetRequiredService<DashboardRollupJob>().RunAsync(CancellationToken.None);

    private static async Task<DashboardView> ViewAsync(TestHub hub, string account, string? program = null) =>
        (await hub.Services.GetRequiredService<DashboardQueries>()
            .LoadAsync(DashboardQueries.Quarter, TestHub.Actor(account), program)).Value;
}
