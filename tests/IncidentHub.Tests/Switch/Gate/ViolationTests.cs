using System.Text.Json;
using IncidentHub.Switch.Pauses;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Class C: evidence overrides a proof.</summary>
public sealed class ViolationTests : IAsyncLifetime
{
    private GateScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await GateScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_collector_that_acknowledges_and_continues_is_violating_from_its_next_batch_on()
    {
        var (permit, pause) = await AcknowledgedAsync();
        Assert.Equal((1, 0, true), Report(await _scene.World.ReportAsync(pause)));

        await _scene.HeldAsync(_scene.Batch(permit, 22_000, 26_000), "C", "collected_after_stop");
        var report = await _scene.World.ReportAsync(pause);
        Assert.Equal((0, 1, false), Report(report));
        Assert.Equal("Violating", Assert.Single(report.GetProperty("pendingCollectors").EnumerateArray()).Text("proof"));
        Assert.Equal(1, await _scene.AuditedAsync("stop.violated"));
        var told = Assert.Single(await _scene.StoryAsync("violation"));
        Assert.Contains("collected after its proven stop", told.Title);
        Assert.Contains("not proven any more", told.Body);
        Assert.DoesNotContain("ws-1", told.ToString());

        // It stays violating: neither time nor another acknowledgement makes it a proven stop again.
        _scene.At(300);
        await _scene.World.TickAsync();
        await _scene.HeldAsync(_scene.Batch(permit, 22_000, 27_000), "C", "collected_after_stop");
        Assert.Equal((0, 1, false), Report(await _scene.World.ReportAsync(pause)));
        Assert.Equal(1, await _scene.AuditedAsync("stop.violated"));
        Assert.Single(await _scene.StoryAsync("violation"));
    }

    [Fact]
    public async Task Collection_after_the_permits_end_is_a_violation_although_expiry_had_proven_the_stop()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(10);
        var pause = (await _scene.World.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        _scene.At(90);
        await _scene.World.TickAsync();
        var report = await _scene.World.ReportAsync(pause);
        Assert.Equal((1, JsonValueKind.String), (report.GetProperty("assured").GetInt32(), report.GetProperty("fullStopAt").ValueKind));
        await _scene.HeldAsync(_scene.Batch(permit, 1_000, 75_000), "C", "collected_after_stop");
        Assert.Equal((0, 1, false), Report(await _scene.World.ReportAsync(pause)));
        // A late acknowledgement does not make it a proven stop.
        await _scene.Collector.StopAsync(_scene.Collector.Ack(permit, await EpochAsync()));
        Assert.Equal((0, 1, false), Report(await _scene.World.ReportAsync(pause)));
    }

    [Fact]
    public async Task A_collector_outside_the_population_is_added_to_it_by_its_own_data()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(100);
        var pause = (await _scene.World.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        Assert.Equal(0, (await _scene.World.ReportAsync(pause)).GetProperty("population").GetInt32());
        _scene.At(300);
        await _scene.HeldAsync(_scene.Batch(permit, 1_000, 250_000), "C", "collected_after_stop");
        var report = await _scene.World.ReportAsync(pause);
        Assert.Equal((1, 1), (report.GetProperty("population").GetInt32(), report.GetProperty("violating").GetInt32()));
    }

    [Fact]
    public async Task Evidence_of_a_violation_is_kept_although_its_sequence_was_used_or_another_permit_is_invalid()
    {
        var (permit, pause) = await AcknowledgedAsync();
        await _scene.HeldAsync(_scene.Batch(permit, 500, 5_000, change: b => (b["firstSequence"], b["lastSequence"]) = (0, 9)), "A",
            "uploaded_under_pause");
        await _scene.HeldAsync(_scene.Batch(permit, 22_000, 26_000, change: b => (b["firstSequence"], b["lastSequence"]) = (0, 9)), "C",
            "collected_after_stop");
        await _scene.HeldAsync(_scene.Batch(null, 0, 0, change: b =>
            b["permits"] = new[] { new { permit = "garbage", startOffsetMs = 0, endOffsetMs = 1 },
            new { permit, startOffsetMs = 22_000, endOffsetMs = 26_000 } }), "C", "collected_after_stop");
        Assert.Equal((0, 1, false), Report(await _scene.World.ReportAsync(pause)));
    }

    [Fact]
    public async Task The_incidents_timestamp_of_the_stop_is_removed()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        var incident = await _scene.World.Responder.MakeAsync(
            "/api/v1/incidents", new { title = "Transcripts readable by everyone", sev = 2, programs = new[] { new { program = "MCI" } } });
        var code = incident.Text("code");
        _scene.At(21);
        await _scene.Collector.AskAsync();
        await _scene.Collector.StopAsync(_scene.Collector.Ack(permit, await EpochAsync(), change: a =>
            (a["stoppedAtOffsetMs"], a["lastCollectedOffsetMs"]) = (20_800, 19_000)));
        _scene.At(30);
        Assert.Equal(JsonValueKind.String, await StoppedAsync(code));
        await _scene.HeldAsync(_scene.Batch(permit, 22_000, 26_000), "C", "collected_after_stop");
        Assert.Equal(JsonValueKind.Null, await StoppedAsync(code));
        var timeline = await _scene.World.Responder.ReadAsync($"/api/v1/incidents/{code}/timeline?limit=100");
        Assert.Contains(timeline.GetProperty("items").EnumerateArray(), e => e.Text("kind") == "violation");
        Assert.Contains(timeline.GetProperty("items").EnumerateArray(), e => e.Text("kind") == "quarantined");
    }

    private async Task<JsonValueKind> StoppedAsync(string code)
    {
        var cycle = (await _scene.World.Responder.ReadAsync($"/api/v1/incidents/{code}")).GetProperty("cycles")[0];
        return cycle.GetProperty("collectionStopped").ValueKind;
    }

    // Paused at 20 s; received and acknowledged a second later; now it is 30 s.
    private async Task<(string Permit, Guid Pause)> AcknowledgedAsync()
    {
        var permit = await _scene.PermitAsync();
        _scene.At(20);
        var pause = (await _scene.World.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        _scene.At(21);
        await _scene.Collector.AskAsync();
        var (status, body) = await _scene.Collector.StopAsync(
            _scene.Collector.Ack(permit, await EpochAsync(), change: a =>
            (a["stoppedAtOffsetMs"], a["lastCollectedOffsetMs"]) = (20_800, 19_000)));
        Assert.True(status == System.Net.HttpStatusCode.OK, body.ToString());
        _scene.At(30);
        return (permit, pause);
    }

    private Task<long> EpochAsync() => _scene.World.Hub.Db.ReadAsync(sql => ProgramSwitch.EpochAsync(sql, _scene.World.ProgramId));

    private static (int Confirmed, int Violating, bool Full) Report(JsonElement report) =>
        (report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating")
            .GetInt32(), report.GetProperty("fullStopAt").ValueKind == JsonValueKind.String);
}
