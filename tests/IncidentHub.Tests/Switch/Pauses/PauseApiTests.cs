using System.Net;
using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Pauses;

public sealed class PauseApiTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_pause_has_its_guaranteed_stop_time_at_once()
    {
        var collector = await _world.CollectorAsync();
        await collector.AskAsync();
        var issued = _world.Hub.Clock.Now;
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(20));
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(issued.ToUnixTimeSeconds()).AddSeconds(60 + 2 + 1),
            pause.GetProperty("guaranteedAt").GetDateTimeOffset());
        Assert.Equal("Active", pause.Text("status"));
    }

    [Fact]
    public async Task A_pause_with_an_empty_population_is_proven_at_once()
    {
        var report = await _world.ReportAsync((await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid());
        Assert.Equal((0, 0.0), (report.GetProperty("population").GetInt32(), report.GetProperty("timeToFullStopSeconds").GetDouble()));
    }

    [Fact]
    public async Task The_population_is_every_collector_that_could_collect_the_paused_data_when_it_was_paused()
    {
        var us = await _world.CollectorAsync("US");
        var german = await _world.CollectorAsync("DE");
        var keysOnly = await _world.CollectorAsync("US", ["keystrokes"]);
        var idle = await _world.CollectorAsync("US");
        foreach (var c in new[] { us, german, keysOnly }) await c.AskAsync();
        var report = await _world.ReportAsync((await _world.PauseAsync(["clicks"], ["US"])).GetProperty("pause")
            .GetProperty("id").GetGuid());
        Assert.Equal((1, 3), (report.GetProperty("population").GetInt32(), report.GetProperty("idle").GetInt32()));
        await idle.AskAsync();
        Assert.Equal(1, (await _world.ReportAsync(report.GetProperty("pause").GetProperty("id").GetGuid()))
            .GetProperty("population").GetInt32());
    }

    [Fact]
    public async Task An_unreachable_collector_is_proven_stopped_by_permit_expiry_and_not_earlier()
    {
        await (await _world.CollectorAsync()).AskAsync();
        var id = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        await _world.TickAsync();
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(62.9));
        await _world.TickAsync();
        Assert.Equal((0, 1), Assured(await _world.ReportAsync(id)));
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await _world.TickAsync();
        var report = await _world.ReportAsync(id);
        Assert.Equal((1, 0), Assured(report));
        Assert.Equal(63.0, report.GetProperty("timeToFullStopSeconds").GetDouble());
    }

    [Fact]
    public async Task A_clock_that_jumps_forward_proves_nothing()
    {
        await (await _world.CollectorAsync()).AskAsync();
        var id = (await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        _world.Hub.Clock.JumpForward(TimeSpan.FromHours(1));
        await _world.TickAsync();
        Assert.Equal((0, 1), Assured(await _world.ReportAsync(id)));
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(63));
        await _world.TickAsync();
        Assert.Equal((1, 0), Assured(await _world.ReportAsync(id)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clock_that_jumped_forward_before_the_pause_omits_no_collector_that_still_holds_a_permit(bool partial)
    {
        await (await _world.CollectorAsync()).AskAsync();
        await _world.TickAsync();
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(20));
        _world.Hub.Clock.JumpForward(TimeSpan.FromHours(1));
        // By the current clock its permit expired an hour ago; it is usable for forty seconds more, plus G, plus the second for rounding.
        var pause = (await _world.PauseAsync(partial ? ["clicks"] : null)).GetProperty("pause");
        var id = pause.GetProperty("id").GetGuid();
        Assert.Equal(43, (pause.GetProperty("guaranteedAt").GetDateTimeOffset() - _world.Hub.Clock.Now).TotalSeconds);
        Assert.Equal((0, 1), Assured(await _world.ReportAsync(id)));
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(42.9));
        await _world.TickAsync();
        Assert.Equal((0, 1), Assured(await _world.ReportAsync(id)));
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await _world.TickAsync();
        Assert.Equal((1, 0), Assured(await _world.ReportAsync(id)));
    }

    [Fact]
    public async Task A_clock_jump_longer_ago_than_the_lifetime_of_a_permit_changes_nothing()
    {
        var collector = await _world.CollectorAsync();
        await collector.AskAsync();
        await _world.TickAsync();
        _world.Hub.Clock.JumpForward(TimeSpan.FromHours(1));
        await _world.TickAsync();
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(63));
        var report = await _world.ReportAsync((await _world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid());
        Assert.Equal((0, report.GetProperty("pause").Text("guaranteedAt")),
            (report.GetProperty("population").GetInt32(), report.GetProperty("pause").GetProperty("activated").Text("at")));
    }

    [Fact]
    public async Task The_full_stop_is_recorded_once()
    {
        var collector = await _world.CollectorAsync();
        var (permit, _, _) = await collector.AskAsync();
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        await collector.StopAsync(collector.Ack(permit!, pause.GetProperty("epoch").GetInt64()));
        for (var i = 0; i < 3; i++)
        {
            _world.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await _world.TickAsync();
        }
        Assert.Equal(1, (await _world.AuditActsAsync()).Count(a => a == "pause.stopped"));
    }

    [Fact]
    public async Task A_proposed_pause_becomes_active_at_its_deadline()
    {
        var id = await ProposeAsync();
        _world.Hub.Clock.Advance(TimeSpan.FromMinutes(59));
        await _world.TickAsync();
        Assert.Equal("Proposed", await StatusAsync(id));
        _world.Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.TickAsync();
        Assert.Equal("Active", await StatusAsync(id));
    }

    [Fact]
    public async Task Only_the_owner_or_a_deputy_declines_and_only_with_a_reason()
    {
        var id = await ProposeAsync();
        foreach (var account in new[] { "responder", "privacy", "executive", "owner-2", "administrator" })
            AssertProblem(await (await _world.Hub.AsAsync(account)).PostAsync($"/api/v1/pauses/{id}/decline", new { reason = "No" }),
                HttpStatusCode.Forbidden);
        AssertProblem(await _world.Owner.PostAsync($"/api/v1/pauses/{id}/decline", new { reason = " " }),
            HttpStatusCode.BadRequest, "reason");
        AssertProblem(await _world.Owner.PostAsync($"/api/v1/pauses/{id}/decline", new { reason = "No", expectedVersion = 9 }),
            HttpStatusCode.Conflict);
        await (await _world.Hub.AsAsync("deputy")).MakeAsync(
            $"/api/v1/pauses/{id}/decline", new { reason = "Checked: nothing was exposed" });
        Assert.Equal("Declined", await StatusAsync(id));
        AssertProblem(await _world.Owner.PostAsync($"/api/v1/pauses/{id}/decline", new { reason = "Again" }), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Everybody_who_may_pause_can_activate_a_proposed_pause_at_once()
    {
        var id = await ProposeAsync();
        AssertProblem(await (await _world.Hub.AsAsync("auditor")).PostAsync($"/api/v1/pauses/{id}/activate", new { }),
            HttpStatusCode.Forbidden);
        Assert.Equal("Active", (await _world.Responder.MakeAsync($"/api/v1/pauses/{id}/activate", new { }))
            .GetProperty("pause").Text("status"));
    }

    [Fact]
    public async Task A_drill_ends_as_planned_and_permits_are_issued_again()
    {
        var collector = await _world.CollectorAsync();
        await collector.AskAsync();
        AssertProblem(await _world.Responder.PostAsync("/api/v1/programs/MCI/pauses", new { reason = "Drill", drillSeconds = 120 }),
            HttpStatusCode.Forbidden);
        await _world.PauseAsync(drillSeconds: 120);
        Assert.Equal("drill", (await collector.AskAsync()).Stop!.Value.Text("reasonCode"));
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(119));
        await _world.TickAsync();
        Assert.Null((await collector.AskAsync()).Permit);
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await _world.TickAsync();
        Assert.NotNull((await collector.AskAsync()).Permit);
    }

    [Fact]
    public async Task A_person_who_may_not_pause_is_refused_and_an_unknown_program_is_not_found()
    {
        foreach (var account in new[] { "owner", "deputy", "responder", "privacy", "executive" })
            await (await _world.Hub.AsAsync(account)).MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Because" });
        foreach (var account in new[] { "employee", "owner-2", "counsel", "administrator", "auditor" })
            AssertProblem(await (await _world.Hub.AsAsync(account)).PostAsync("/api/v1/programs/MCI/pauses", new { reason = "Because" }),
                HttpStatusCode.Forbidden);
        AssertProblem(await _world.Owner.PostAsync("/api/v1/programs/NOPE/pauses", new { reason = "Because" }), HttpStatusCode.NotFound);
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await (await _world.Hub.AsAsync(null))
            .PostAsync("/api/v1/programs/MCI/pauses", new { reason = "Because" })).Status);
    }

    [Theory]
    [InlineData("{}", "reason")]
    [InlineData("""{"reason":"  "}""", "reason")]
    [InlineData("""{"reason":7}""", "reason")]
    [InlineData("""{"reason":"x","categories":["cliks"]}""", "categories")]
    [InlineData("""{"reason":"x","regions":["XX"]}""", "regions")]
    [InlineData("""{"reason":"x","regions":"US"}""", "regions")]
    [InlineData("""{"reason":"x","drillSeconds":0}""", "drillSeconds")]
    [InlineData("""{"reason":"x","drillSeconds":2000000000}""", "drillSeconds")]
    [InlineData("""{"reason":"x","drillSeconds":-5}""", "drillSeconds")]
    public async Task An_invalid_order_names_its_field_and_changes_nothing(string body, string field)
    {
        var epoch = await EpochAsync();
        AssertProblem(await _world.Owner.PostAsync("/api/v1/programs/MCI/pauses", body), HttpStatusCode.BadRequest, field);
        Assert.Equal(epoch, await EpochAsync());
    }

    [Fact]
    public async Task A_retry_after_a_lost_response_does_not_pause_twice()
    {
        var key = OrderedId.Next(_world.Hub.Clock.Now).ToString();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/programs/MCI/pauses")
            {
                Content = new StringContent("""{"reason":"Once"}""", System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Idempotency-Key", key);
            Assert.Equal(HttpStatusCode.Created, (await _world.Owner.SendAsync(request)).StatusCode);
        }
        Assert.Equal(1, (await _world.Owner.ReadAsync("/api/v1/programs/MCI/pauses")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_list_of_pauses_is_paged_from_the_newest()
    {
        for (var i = 0; i < 5; i++)
        {
            _world.Hub.Clock.Advance(TimeSpan.FromSeconds(1));
            await _world.PauseAsync();
        }
        var first = await _world.Owner.ReadAsync("/api/v1/programs/MCI/pauses?limit=3");
        var second = await _world.Owner.ReadAsync($"/api/v1/programs/MCI/pauses?limit=3&cursor={first.Text("nextCursor")}");
        var times = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray())
            .Select(p => p.GetProperty("placed").GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.Equal(5, times.Count);
        Assert.Equal(times.OrderDescending(), times);
        AssertProblem(await _world.Owner.SendAsync(HttpMethod.Get, "/api/v1/programs/MCI/pauses?cursor=zzz"),
            HttpStatusCode.BadRequest, "cursor");
    }

    private async Task<Guid> ProposeAsync()
    {
        var pauses = _world.Hub.Services.GetRequiredService<PauseCommands>();
        var program = await _world.ProgramAsync("MCI");
        var made = await _world.Hub.Db.WriteAsync<Guid>(async tx =>
        {
            var order = new PauseOrder(OrderedId.Next(tx.Now), program.Id, PauseScope.Whole, PauseOrigin.Policy, "Suspected source");
            return (await pauses.PlaceAsync(tx, program, new ProposePause(order, tx.Now.AddMinutes(60)), Actor.System)).Value.Id;
        });
        return made.Value;
    }

    private async Task<string> StatusAsync(Guid id) => (await _world.ReportAsync(id)).GetProperty("pause").Text("status");

    private Task<long> EpochAsync() => _world.Hub.Db.ReadAsync(sql => ProgramSwitch.EpochAsync(sql, _world.ProgramId));

    private static (int Assured, int Pending) Assured(JsonElement report) =>
        (report.GetProperty("assured").GetInt32(), report.GetProperty("pending").GetInt32());
}
