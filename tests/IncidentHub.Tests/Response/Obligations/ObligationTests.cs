using System.Net;
using System.Text.Json;
using IncidentHub.Response.Obligations;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.Obligations;

public class ObligationTests
{
    [Fact]
    public async Task Regimes_are_proposed_from_the_exposures_and_their_clocks_start_with_the_trigger()
    {
        await using var scene = await IncidentScene.CreateAsync();
        await ExposeAsync(scene, "members", ["EU", "US-CA"], ["contact-data"], 900);
        var code = await scene.DeclareAsync();
        Assert.Empty(await ProposalsAsync(scene, code));
        await scene.ActAsync(code, "exposures", new { dataset = "members" });
        Assert.Equal(["CA-1798-82", "GDPR"], await ProposalsAsync(scene, code));

        var privacy = await scene.Hub.AsAsync("privacy");
        var codes = (await scene.ActAsync(code, "obligations", new { regime = "gdpr" })).GetProperty("codes");
        Assert.Equal(["O-1", "O-2", "O-3"], codes.EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(["CA-1798-82"], await ProposalsAsync(scene, code));
        Assert.Equal("already_tracked", (await scene.TryAsync(code, "obligations", new { regime = "GDPR" })).Body.Text("code"));

        // Nothing runs yet; the worst case counts from the detection.
        var waiting = await privacy.ReadAsync("/api/v1/obligations/O-1");
        Assert.Equal(("NotTriggered", JsonValueKind.Null), (waiting.Text("status"), waiting.GetProperty("dueAt").ValueKind));
        Assert.Equal(scene.Hub.Clock.Now.AddHours(72), waiting.GetProperty("worstCaseDueAt").GetDateTimeOffset());

        var at = scene.Hub.Clock.Now.AddHours(-70);
        var open = await scene.Responder.MakeAsync("/api/v1/obligations/O-1/trigger", new { at, note = "Judged certain." });
        Assert.Equal(("Open", at.AddHours(72)), (open.Text("status"), open.GetProperty("dueAt").GetDateTimeOffset()));

        // The hub sleeps through the moment, and tells once.
        scene.Later(150);
        await LateAsync(scene);
        await LateAsync(scene);
        Assert.Single(await scene.TimelineAsync(code), t => t.Contains("is late", StringComparison.Ordinal));
        Assert.Equal(["O-1"], await CodesAsync(privacy, "?late=true"));

        await privacy.MakeAsync("/api/v1/obligations/O-1/notices",
            new { at = scene.Hub.Clock.Now, reference = "DPC-77", note = "What is known.", isComplete = false });
        var met = await privacy.MakeAsync("/api/v1/obligations/O-1/notices",
            new { at = scene.Hub.Clock.Now, reference = "DPC-78", isComplete = true });
        Assert.Equal(("Met", 2), (met.Text("status"), met.GetProperty("notices").GetArrayLength()));
        Assert.Empty(await CodesAsync(privacy, "?late=true"));
        Assert.Equal(["O-2", "O-3"], await CodesAsync(privacy, "?open=true"));
    }

    [Fact]
    public async Task The_notice_of_a_duty_starts_the_clock_of_the_one_that_follows_it()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        await scene.ActAsync(code, "obligations", new { regime = "DORA" });
        var privacy = await scene.Hub.AsAsync("privacy");
        var now = scene.Hub.Clock.Now;
        var initial = await privacy.MakeAsync("/api/v1/obligations/O-1/trigger",
            new { at = now.AddHours(-1), awareAt = now.AddHours(-22), note = "Classified as major." });
        Assert.Equal(now.AddHours(2), initial.GetProperty("dueAt").GetDateTimeOffset());
        await privacy.MakeAsync("/api/v1/obligations/O-1/notices", new { at = now, reference = "N-1", isComplete = true });
        var following = await privacy.ReadAsync("/api/v1/obligations/O-2");
        Assert.Equal(("Open", now.AddHours(72)), (following.Text("status"), following.GetProperty("dueAt").GetDateTimeOffset()));
        Assert.Equal("NotTriggered", (await privacy.ReadAsync("/api/v1/obligations/O-3")).Text("status"));
    }

    [Fact]
    public async Task A_trigger_before_a_change_of_the_law_is_judged_by_the_law_of_then()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        await scene.ActAsync(code, "obligations", new { regime = "CA-1798-82" });
        var before = await scene.Responder.MakeAsync("/api/v1/obligations/O-1/trigger",
            new { at = "2025-12-31T20:00:00-08:00", note = "Discovered." });
        Assert.Equal((1, JsonValueKind.Null), (before.GetProperty("regimeVersion").GetInt32(), before.GetProperty("dueAt").ValueKind));
        var after = await scene.Responder.MakeAsync("/api/v1/obligations/O-1/trigger",
            new { at = "2026-01-02T20:00:00-08:00", note = "The mail was read then." });
        Assert.Equal(2, after.GetProperty("regimeVersion").GetInt32());
        Assert.Equal(DateTimeOffset.Parse("2026-02-02T04:00:00Z", null), after.GetProperty("dueAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_holiday_added_later_moves_open_clocks_in_business_days()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        await scene.ActAsync(code, "obligations", new { regime = "SEC-8K" });
        var open = await scene.Responder.MakeAsync("/api/v1/obligations/O-1/trigger",
            new { at = "2026-06-01T15:00:00Z", note = "The board determined it." });
        Assert.Equal(DateTimeOffset.Parse("2026-06-05T21:30:00Z", null), open.GetProperty("dueAt").GetDateTimeOffset());
        var administrator = await scene.Hub.AsAsync("administrator");
        var known = (await administrator.ReadAsync("/api/v1/holiday-calendars/US-FEDERAL")).GetProperty("items").EnumerateArray()
            .Where(d => d.Text("day").StartsWith("2026", StringComparison.Ordinal))
            .Select(d => new { day = d.Text("day"), name = d.Text("name") });
        var answer = await administrator.SendAsync(HttpMethod.Put, "/api/v1/holiday-calendars/US-FEDERAL/2026",
            new { days = known.Append(new { day = "2026-06-03", name = "Day of mourning" }), reason = "Executive order." });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var moved = await scene.Responder.ReadAsync("/api/v1/obligations/O-1");
        Assert.Equal(DateTimeOffset.Parse("2026-06-08T21:30:00Z", null), moved.GetProperty("dueAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_new_version_of_a_regime_is_refused_where_somebody_published_another_one_first()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var administrator = await scene.Hub.AsAsync("administrator");
        object Contract(int? expected, string due) => new
        {
            name = "Contract with a partner",
            effectiveFrom = "2026-01-01",
            source = "Master agreement, section 9",
            checkedOn = "2026-01-02",
            reason = "First version.",
            expectedVersion = expected,
            duties = new[] { new { key = "partner", name = "Notify the partner", trigger = "Contract", due, says = "What happened." } },
        };
        Task<(HttpStatusCode Status, JsonElement Body)> PublishAsync(int? expected, string due) =>
            administrator.SendAsync(HttpMethod.Put, "/api/v1/regimes/PARTNER-9", Contract(expected, due));
        Assert.Equal(HttpStatusCode.OK, (await PublishAsync(null, "24 h")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PublishAsync(1, "48 h")).Status);
        Assert.Equal("stale", (await PublishAsync(1, "12 h")).Body.Text("code"));
        var wrong = await PublishAsync(2, "12 weeks");
        Assert.True(wrong.Body.GetProperty("errors").TryGetProperty("duties[0].due", out _));
        var odd = await administrator.SendAsync(HttpMethod.Put, "/api/v1/regimes/PARTNER-9", """
            {"name":"x","effectiveFrom":"2026-01-01","source":"x","checkedOn":"2026-01-02","reason":"x","timeZone":"/dev/tty",
             "regions":[null],"duties":[{"key":"a","name":"a","trigger":"Contract","says":"a"}]}
            """);
        ApiCalls.AssertProblem(odd, HttpStatusCode.BadRequest, "regions", "timeZone");
        Assert.Equal(2, (await administrator.ReadAsync("/api/v1/regimes/PARTNER-9")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Obligations_of_a_restricted_incident_exist_for_its_readers_only()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync();
        var privacy = await scene.Hub.AsAsync("privacy");
        await privacy.MakeAsync($"/api/v1/incidents/{code}/confidentiality",
            new { confidentiality = "Restricted", reason = "Names of people." });
        var hidden = (await privacy.MakeAsync($"/api/v1/incidents/{code}/obligations", new { regime = "HIPAA" }))
            .GetProperty("codes")[0].GetString()!;
        Assert.Matches("^O-[B-Z][B-Z2-9]{5}$", hidden);
        var outsider = await scene.Hub.AsAsync("executive");
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync($"/api/v1/obligations/{hidden}")).StatusCode);
        Assert.Empty(await CodesAsync(outsider, ""));
        Assert.Equal(2, (await CodesAsync(privacy, "")).Length);

        // The calendar shows nothing of it, not even to privacy.
        var open = await scene.DeclareAsync(title: "Another one");
        await scene.ActAsync(open, "obligations", new { regime = "GDPR" });
        foreach (var o in await CodesAsync(privacy, $"?incident={open}"))
            await privacy.MakeAsync($"/api/v1/obligations/{o}/trigger", new { at = scene.Hub.Clock.Now, note = "Judged." });
        await privacy.MakeAsync($"/api/v1/obligations/{hidden}/trigger", new { at = scene.Hub.Clock.Now, note = "Judged." });
        var path = "/" + (await privacy.MakeAsync("/api/v1/calendar-feed")).Text("path");
        var anybody = await scene.Hub.AsAsync(null);
        var calendar = await anybody.GetStringAsync(path);
        Assert.Contains("O-1 due: GDPR", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("HIPAA", calendar, StringComparison.Ordinal);

        // A new address ends the former one; a revoked one is gone.
        var next = "/" + (await privacy.MakeAsync("/api/v1/calendar-feed")).Text("path");
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await privacy.DeleteAsync("/api/v1/calendar-feed")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(next)).StatusCode);
    }

    [Fact]
    public async Task Obligations_of_a_merged_incident_continue_in_the_other()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var (from, into) = (await scene.DeclareAsync(), await scene.DeclareAsync(title: "The same, seen before"));
        await scene.ActAsync(from, "obligations", new { regime = "NIS2" });
        await scene.ActAsync(from, "merge", new { into, reason = "The same." });
        Assert.Equal(["O-1", "O-2", "O-3"], await CodesAsync(scene.Responder, $"?incident={into}"));
        Assert.Equal("merged", (await scene.TryAsync(from, "obligations", new { regime = "GDPR" })).Body.Text("code"));
    }

    [Fact]
    public async Task The_criterion_about_obligations_is_not_met_while_one_is_open()
    {
        await using var scene = await IncidentScene.CreateAsync();
        var code = await scene.DeclareAsync(1);
        await scene.ActAsync(code, "obligations", new { regime = "SEC-8K" });
        var privacy = await scene.Hub.AsAsync("privacy");
        var decision = (await privacy.ReadAsync("/api/v1/decisions")).GetProperty("items")[0].Text("code");
        var path = $"/api/v1/decisions/{decision}/criteria/ClocksAnswered/meet";
        var (_, refused) = await privacy.PostAsync(path, new { evidence = "All answered." });
        Assert.Equal("obligations_unmet", refused.Text("code"));
        await privacy.MakeAsync("/api/v1/obligations/O-1/not-required", new { reason = "Not listed on an exchange." });
        await privacy.MakeAsync(path, new { evidence = "Decided not to notify: O-1." });
        Assert.Equal("Met", await StatusAsync());

        // What comes later opens it again.
        await scene.ActAsync(code, "obligations", new { regime = "GDPR" });
        Assert.Equal("Open", await StatusAsync());

        async Task<string> StatusAsync() => (await privacy.ReadAsync($"/api/v1/decisions/{decision}")).GetProperty("criteria")
            .EnumerateArray().Single(c => c.Text("kind") == "ClocksAnswered").Text("status");
    }

    private static Task ExposeAsync(IncidentScene scene, string name, string[] regions, string[] categories, int subjects) =>
        scene.Responder.MakeAsync("/api/v1/datasets", new
        {
            name,
            owner = "owner",
            classification = "Confidential",
            categories,
            regions,
            encryptionAtRest = "No",
            promisedAudience = new { scope = "NamedGroup", name = "research group" },
            subjects,
        });

    private static async Task<string[]> ProposalsAsync(IncidentScene scene, string code) =>
        [.. (await scene.Responder.ReadAsync($"/api/v1/incidents/{code}/obligation-proposals")).GetProperty("items").EnumerateArray()
            .Select(p => p.Text("regime")).Order(StringComparer.Ordinal)];

    private static async Task<string[]> CodesAsync(HttpClient client, string query) =>
        [.. (await client.ReadAsync($"/api/v1/obligations{query}")).GetProperty("items").EnumerateArray().Select(o => o.Text("code"))
            .Order(StringComparer.Ordinal)];

    private static Task LateAsync(IncidentScene scene) =>
        ActivatorUtilities.CreateInstance<LateObligations>(scene.Hub.Services).RunAsync(default);
}
