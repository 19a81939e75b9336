using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Pauses;

/// <summary>The buffer policy of collectors, over the API and the protocol.</summary>
public sealed class BufferPolicyApiTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Collectors_hold_their_buffers_unless_the_pause_seals_them()
    {
        var collector = await _world.CollectorAsync("US");
        await OrderAsync(new { reason = "Readable by all", categories = new[] { "clicks" } });
        Assert.Equal("hold", await PolicyAsync(collector));
        var report = await OrderAsync(new { reason = "Readable by all", bufferPolicy = "Seal" });
        Assert.Equal("Seal", report.GetProperty("pause").Text("bufferPolicy"));
        Assert.Equal("seal", await PolicyAsync(collector));
    }

    [Fact]
    public async Task A_collector_receives_the_buffer_policy_of_the_pauses_that_stop_it()
    {
        var (german, american) = (await _world.CollectorAsync("DE"), await _world.CollectorAsync("US"));
        await OrderAsync(new { reason = "Readable by all", regions = new[] { "DE" }, bufferPolicy = "Seal" });
        await OrderAsync(new { reason = "Readable by all", categories = new[] { "clicks" } });
        Assert.Equal(("seal", "hold"), (await PolicyAsync(german), await PolicyAsync(american)));
    }

    [Fact]
    public async Task Tightening_an_active_pause_raises_the_epoch_so_that_collectors_acknowledge_again()
    {
        var collector = await _world.CollectorAsync();
        var permit = (await collector.AskAsync()).Token!;
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        var before = (await collector.AskAsync()).Stop!.Value;
        await collector.StopAsync(collector.Ack(permit, before.GetProperty("epoch").GetInt64()));

        await _world.Responder.MakeAsync($"/api/v1/pauses/{pause.GetProperty("id").GetGuid()}/seal-buffers", new { });
        var after = (await collector.AskAsync()).Stop!.Value;
        Assert.Equal(before.GetProperty("epoch").GetInt64() + 1, after.GetProperty("epoch").GetInt64());
        Assert.Equal(("hold", "seal"), (before.Text("bufferPolicy"), after.Text("bufferPolicy")));
        Assert.Equal(before.GetProperty("pauseIds").ToString(), after.GetProperty("pauseIds").ToString());
        Assert.Equal(HttpStatusCode.OK, (await collector.StopAsync(collector.Ack(permit, after.GetProperty("epoch").GetInt64()))).Status);
        Assert.Contains("pause.buffers-sealed", await _world.AuditActsAsync());
    }

    [Fact]
    public async Task Tightening_closes_no_collector_outside_the_scope_of_the_pause()
    {
        var german = await _world.CollectorAsync("DE");
        var pause = (await _world.PauseAsync(regions: ["US"])).GetProperty("pause");
        using var events = await EventReader.OpenAsync(_world.Hub.CreateClient(), german.Secret);
        var first = (await events.NextAsync())!.Value;
        await _world.Responder.MakeAsync($"/api/v1/pauses/{pause.GetProperty("id").GetGuid()}/seal-buffers", new { });
        var told = (await events.NextAsync())!.Value;
        Assert.Equal(first.GetProperty("epoch").GetInt64() + 1, told.GetProperty("epoch").GetInt64());
        Assert.Equal(pause.GetProperty("epoch").GetInt64(), told.GetProperty("closedBelow").GetInt64());
        Assert.NotNull((await german.AskAsync()).Permit);
    }

    [Fact]
    public async Task A_proven_stop_stays_proven_when_the_pause_is_tightened()
    {
        var collector = await _world.CollectorAsync();
        var permit = (await collector.AskAsync()).Token!;
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        await collector.StopAsync(collector.Ack(permit, pause.GetProperty("epoch").GetInt64()));
        var (before, guaranteed) = (await _world.ReportAsync(pause.GetProperty("id").GetGuid()), pause.Text("guaranteedAt"));
        await _world.Responder.MakeAsync($"/api/v1/pauses/{pause.GetProperty("id").GetGuid()}/seal-buffers", new { });
        var after = await _world.ReportAsync(pause.GetProperty("id").GetGuid());
        Assert.Equal((1, guaranteed), (after.GetProperty("confirmed").GetInt32(), after.Text("guaranteedAt")));
        Assert.Equal(before.Text("fullStopAt"), after.Text("fullStopAt"));
    }

    [Fact]
    public async Task Sealing_needs_the_permission_to_pause_and_a_stale_page_is_refused()
    {
        var pause = (await _world.PauseAsync()).GetProperty("pause");
        var path = $"/api/v1/pauses/{pause.GetProperty("id").GetGuid()}/seal-buffers";
        foreach (var account in new[] { "owner-2", "counsel", "administrator", "auditor", "employee" })
            AssertProblem(await (await _world.Hub.AsAsync(account)).PostAsync(path, new { }), HttpStatusCode.Forbidden);
        AssertProblem(await _world.Responder.PostAsync(path, new { expectedVersion = 9 }), HttpStatusCode.Conflict);
        await _world.Responder.MakeAsync(path, new { expectedVersion = 1 });
        var stale = await _world.Owner.PostAsync(path, new { expectedVersion = 1 });
        AssertProblem(stale, HttpStatusCode.Conflict);
        Assert.StartsWith($"The pause of MCI was changed by {TestHub.Actor("responder").Name} in the meantime: buffers sealed.",
            stale.Body.Text("detail"));
        AssertProblem(await _world.Responder.PostAsync(path, new { }), HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("Purge")]
    [InlineData("purge")]
    [InlineData("")]
    public async Task Buffers_cannot_be_purged(string word) =>
        AssertProblem(await _world.Owner.PostAsync("/api/v1/programs/MCI/pauses", new { reason = "Readable by all", bufferPolicy = word }),
            HttpStatusCode.BadRequest, "bufferPolicy");

    [Fact]
    public async Task A_drill_that_seals_buffers_is_refused() =>
        AssertProblem(
            await _world.Owner.PostAsync("/api/v1/programs/MCI/pauses",
            new { reason = "A drill", drillSeconds = 60, bufferPolicy = "Seal" }), HttpStatusCode.BadRequest, "bufferPolicy");

    private Task<JsonElement> OrderAsync(object order) => _world.Owner.MakeAsync("/api/v1/programs/MCI/pauses", order);

    private static async Task<string> PolicyAsync(TestCollector collector) => (await collector.AskAsync()).Stop!.Value.Text("bufferPolicy");
}
