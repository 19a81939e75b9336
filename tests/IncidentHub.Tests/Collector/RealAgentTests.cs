using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Collector;

/// <summary>The real agent process against the real hub process on loopback, with permits of five seconds.</summary>
[Collection(nameof(RealProcesses))]
public sealed class RealAgentTests : IAsyncLifetime
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(5);
    private HubProcess _hub = null!;
    private HttpClient _owner = null!;
    private AgentProcess _agent = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubProcess.StartAsync();
        await SignInAsync();
        await _owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI", name = "Model Capability Initiative", purpose = "Teach models how work is done.", owner = "owner", unit = "Research", regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks", "mouse-movements" }, lawfulBasis = "Legitimate interest", ttlSeconds = (int)Ttl.TotalSeconds, longestActSeconds = 1, renewalSeconds = 1,
        });
        await _owner.MakeAsync("/api/v1/programs/MCI/launch");
        var key = (await _owner.MakeAsync("/api/v1/keys", new { name = "Workstations", scopes = new[] { "enrol" }, programs = new[] { "MCI" }, region = "US" })).Text("key");
        _agent = AgentProcess.Start(_hub.Url, key);
        await _agent.SaysAsync("MCI COLLECTING");
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task A_pause_by_API_stops_the_agent_and_its_stop_is_confirmed_within_seconds()
    {
        await UntilAsync(() => _agent.WrittenAt().Count > 0, "the agent writes batches");
        var report = await PauseAsync();
        await _agent.SaysAsync("MCI STOPPED Paused");
        await _agent.SaysAsync("is confirmed");
        var stoppedAt = BootMs();
        report = await _owner.ReadAsync($"/api/v1/pauses/{report.GetProperty("pause").Text("id")}");
        Assert.Equal((1, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed").GetInt32(), report.GetProperty("pending").GetInt32()));
        Assert.InRange(report.GetProperty("timeToFullStopSeconds").GetDouble(), 0.0, (Ttl + TimeSpan.FromSeconds(2)).TotalSeconds);
        // Past the guaranteed moment, nothing new has been written.
        await UntilAsync(() => BootMs() > stoppedAt + 8_000, "the guaranteed moment has passed");
        Assert.All(_agent.WrittenAt(), at => Assert.True(at <= stoppedAt));
    }

    [Fact]
    public async Task A_pushed_pause_stops_the_agent_long_before_its_next_renewal()
    {
        // Permits of a minute, asked for every twenty seconds: only an event can be as quick as this.
        await _owner.MakeAsync("/api/v1/programs", new
        {
            code = "SLOW", name = "Slow program", purpose = "Teach models how work is done.", owner = "owner", unit = "Research", regions = new[] { "US" },
            categories = new[] { "clicks" }, lawfulBasis = "Legitimate interest", ttlSeconds = 60, longestActSeconds = 2, renewalSeconds = 20,
        });
        await _owner.MakeAsync("/api/v1/programs/SLOW/launch");
        var key = (await _owner.MakeAsync("/api/v1/keys", new { name = "Workstations", scopes = new[] { "enrol" }, programs = new[] { "SLOW" }, region = "US" })).Text("key");
        await using var agent = AgentProcess.Start(_hub.Url, key, "SLOW");
        await agent.SaysAsync("listening");
        await agent.SaysAsync("SLOW COLLECTING");
        var asked = BootMs();
        var pause = (await _owner.MakeAsync("/api/v1/programs/SLOW/pauses", new { reason = "Data readable by everyone" })).GetProperty("pause");
        await agent.SaysAsync("SLOW STOPPED");
        Assert.InRange(BootMs() - asked, 0, 5_000);
        await agent.SaysAsync("is confirmed");
        Assert.Equal(1, (await _owner.ReadAsync($"/api/v1/pauses/{pause.Text("id")}")).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_drill_stops_the_agent_and_its_planned_end_starts_it_again()
    {
        await PauseAsync(drillSeconds: 4);
        var mark = _agent.Mark;
        await _agent.SaysAsync("MCI STOPPED Paused");
        await _agent.SaysAsync("MCI COLLECTING", mark);
    }

    [Fact]
    public async Task When_the_hub_is_killed_the_permit_runs_out_and_the_agent_stops_and_it_comes_back_with_the_hub()
    {
        await _hub.KillAsync();
        var killed = BootMs();
        await _agent.SaysAsync("MCI STOPPED PermitExpired");
        var mark = _agent.Mark;
        var back = BootMs();
        await _hub.StartAgainAsync();
        await _agent.SaysAsync("MCI COLLECTING", mark);
        // The gate's own arithmetic: no event lies between the last permit's end and the new one.
        Assert.DoesNotContain(_agent.WrittenAt(), at => at > killed + Ttl.TotalMilliseconds && at < back);
    }

    [Fact]
    public async Task Frozen_past_its_permits_end_and_woken_the_agent_keeps_nothing_that_it_captured_after()
    {
        await UntilAsync(() => _agent.WrittenAt().Count > 0, "the agent writes batches");
        await _agent.SignalAsync("STOP");
        var frozen = BootMs();
        // The hub goes, too: no new permit can come when the agent wakes.
        await _hub.KillAsync();
        await UntilAsync(() => BootMs() > frozen + Ttl.TotalMilliseconds + 500, "the permit has run out");
        await _agent.SignalAsync("CONT");
        await _agent.SaysAsync("MCI STOPPED PermitExpired");
        var mark = _agent.Mark;
        var back = BootMs();
        await _hub.StartAgainAsync();
        await _agent.SaysAsync("MCI COLLECTING", mark);
        var written = _agent.WrittenAt().Count;
        await UntilAsync(() => _agent.WrittenAt().Count > written, "the agent writes again");
        // One tick of the clock for the event that was being captured when it froze.
        Assert.DoesNotContain(_agent.WrittenAt(), at => at > frozen + 1 && at < back);
    }

    [Fact]
    public async Task A_hub_killed_in_mid_pause_and_started_again_gives_the_same_guaranteed_moment_and_proves_it()
    {
        await _agent.SignalAsync("STOP");
        var pause = (await PauseAsync()).GetProperty("pause");
        await _hub.KillAsync();
        await _hub.StartAgainAsync();
        await SignInAsync();
        var again = await _owner.ReadAsync($"/api/v1/pauses/{pause.Text("id")}");
        Assert.Equal(pause.Text("guaranteedAt"), again.GetProperty("pause").Text("guaranteedAt"));
        JsonElement report = default;
        await UntilAsync(async () => (report = await _owner.ReadAsync($"/api/v1/pauses/{pause.Text("id")}")).GetProperty("assured").GetInt32() == 1, "expiry is proof");
        Assert.True(report.GetProperty("fullStopAt").GetDateTimeOffset() <= pause.GetProperty("guaranteedAt").GetDateTimeOffset());
    }

    private async Task SignInAsync()
    {
        _owner = new HttpClient { BaseAddress = new Uri(_hub.Url) };
        (await _owner.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
    }

    private Task<JsonElement> PauseAsync(int? drillSeconds = null) => _owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Data readable by everyone", drillSeconds });

    private static long BootMs() => BootClock.System.Nanoseconds / 1_000_000;

    private static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60)) throw new TimeoutException($"It did not happen that {what}.");
            await Task.Delay(25);
        }
    }
}

/// <summary>One after the other, and beside nothing else: a machine under full load is no test of seconds.</summary>
[CollectionDefinition(nameof(RealProcesses), DisableParallelization = true)]
public sealed class RealProcesses;
