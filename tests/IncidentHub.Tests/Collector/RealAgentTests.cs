using System.Text.Json;
using IncidentHub.Collector;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Collector;

/// <summary>The real agent process against the real hub process on loopback, with permits of five seconds.</summary>
[Collection(nameof(RealProcesses))]
public sealed class RealAgentTests(SharedHub shared) : IAsyncLifetime
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(5);
    private RealProgram _program = null!;
    private AgentProcess _agent = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await shared.ProgramAsync((int)Ttl.TotalSeconds);
        _agent = AgentProcess.Start(_program.Hub.Url, await _program.KeyAsync(), _program.Code);
        await PrintsAsync("COLLECTING");
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _program.DisposeAsync();
    }

    [Fact]
    public async Task A_pause_by_API_stops_the_agent_and_its_stop_is_confirmed_within_seconds()
    {
        await Waiting.UntilAsync(() => _agent.WrittenAt().Count > 0, "the agent writes batches");
        var pause = await _program.PauseAsync();
        await PrintsAsync("STOPPED Paused");
        await _agent.PrintsAsync("is confirmed");
        var stoppedAt = BootMs();
        var report = await _program.ReportAsync(pause);
        Assert.Equal((1, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed")
            .GetInt32(), report.GetProperty("pending").GetInt32()));
        Assert.InRange(report.GetProperty("timeToFullStopSeconds").GetDouble(), 0.0, (Ttl + TimeSpan.FromSeconds(2)).TotalSeconds);
        // After the guaranteed stop time, nothing new has been written.
        await Waiting.UntilAsync(() => BootMs() > stoppedAt + 8_000, "the guaranteed stop time has passed");
        Assert.All(_agent.WrittenAt(), at => Assert.True(at <= stoppedAt));
    }

    [Fact]
    public async Task A_pushed_pause_stops_the_agent_long_before_its_next_renewal()
    {
        // Permits of three minutes, renewed every minute: only an event can be this fast.
        await using var slow = await shared.ProgramAsync(ttl: 180, gracePeriod: 2, renewal: 60);
        var started = BootMs();
        await using var agent = AgentProcess.Start(slow.Hub.Url, await slow.KeyAsync(), slow.Code);
        await agent.PrintsAsync("listening");
        await agent.PrintsAsync($"{slow.Code} COLLECTING");
        var pause = await slow.PauseAsync();
        await agent.PrintsAsync($"{slow.Code} STOPPED");
        // A renewal comes after 48 s at the earliest.
        Assert.InRange(BootMs() - started, 0, 45_000);
        await agent.PrintsAsync("is confirmed");
        Assert.Equal(1, (await slow.ReportAsync(pause)).GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_drill_stops_the_agent_and_its_planned_end_starts_it_again()
    {
        var mark = _agent.Mark;
        await _program.PauseAsync(drillSeconds: 4);
        await PrintsAsync("STOPPED Paused", mark);
        await PrintsAsync("COLLECTING", mark);
    }

    [Fact]
    public async Task When_the_hub_is_killed_the_agent_stops_at_permit_expiry_and_resumes_with_the_hub()
    {
        await _program.Hub.KillAsync();
        var killed = BootMs();
        await PrintsAsync("STOPPED PermitExpired");
        var mark = _agent.Mark;
        var back = BootMs();
        await _program.Hub.StartAgainAsync();
        await PrintsAsync("COLLECTING", mark);
        // The gate's own arithmetic: no event is between the last permit's end and the new one.
        Assert.DoesNotContain(_agent.WrittenAt(), at => at > killed + Ttl.TotalMilliseconds && at < back);
    }

    [Fact]
    public async Task Frozen_past_its_permits_end_and_woken_the_agent_keeps_nothing_that_it_captured_after()
    {
        await Waiting.UntilAsync(() => _agent.WrittenAt().Count > 0, "the agent writes batches");
        await _agent.SignalAsync("STOP");
        var frozen = BootMs();
        // The hub is stopped, too: no new permit can arrive when the agent wakes.
        await _program.Hub.KillAsync();
        await Waiting.UntilAsync(() => BootMs() > frozen + Ttl.TotalMilliseconds + 500, "the permit has run out");
        await _agent.SignalAsync("CONT");
        await PrintsAsync("STOPPED PermitExpired");
        var mark = _agent.Mark;
        var back = BootMs();
        await _program.Hub.StartAgainAsync();
        await PrintsAsync("COLLECTING", mark);
        var written = _agent.WrittenAt().Count;
        await Waiting.UntilAsync(() => _agent.WrittenAt().Count > written, "the agent writes again");
        // One tick of the clock for the event that was being captured when it froze.
        Assert.DoesNotContain(_agent.WrittenAt(), at => at > frozen + 1 && at < back);
    }

    [Fact]
    public async Task A_hub_killed_during_a_pause_keeps_the_guaranteed_stop_time_and_proves_it()
    {
        await _agent.SignalAsync("STOP");
        var pause = await _program.PauseAsync();
        await _program.Hub.KillAsync();
        await _program.Hub.StartAgainAsync();
        var again = await _program.ReportAsync(pause);
        Assert.Equal(pause.GetProperty("pause").Text("guaranteedAt"), again.GetProperty("pause").Text("guaranteedAt"));
        JsonElement report = default;
        await Waiting.UntilAsync(async () => (report = await _program.ReportAsync(pause)).GetProperty("assured")
            .GetInt32() == 1, "expiry is proof");
        Assert.True(report.GetProperty("fullStopAt").GetDateTimeOffset() <= pause.GetProperty("pause").GetProperty("guaranteedAt")
            .GetDateTimeOffset());
    }

    private Task<string> PrintsAsync(string text, int mark = 0) => _agent.PrintsAsync($"{_program.Code} {text}", mark);

    private static long BootMs() => BootClock.System.Nanoseconds / 1_000_000;
}
