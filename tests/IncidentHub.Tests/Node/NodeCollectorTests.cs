using IncidentHub.Collector;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Node;

/// <summary>The sample collector in Node.js against a real hub: the protocol needs no .NET.</summary>
[Collection(nameof(RealProcesses))]
public sealed class NodeCollectorTests : IAsyncLifetime
{
    private NodeWorld _world = null!;
    private AgentProcess _agent = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await NodeWorld.StartAsync();
        _agent = AgentProcess.StartOther("node", Path.Combine(NodeTool.Sample, "collector.mjs"), _world.Hub.Url,
            await _world.KeyAsync("enrol"));
        await _agent.PrintsAsync("MCI COLLECTING");
        while (_agent.WrittenAt().Count == 0) await Task.Delay(25);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task The_Node_collector_stops_at_a_pause_and_the_hub_accepts_its_signed_evidence()
    {
        var pause = (await _world.Owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Data readable by everyone" }))
            .GetProperty("pause").Text("id");
        await _agent.PrintsAsync("MCI STOPPED Paused");
        await _agent.PrintsAsync("the stop of epoch 3 is confirmed");
        var stoppedAt = BootClock.System.Nanoseconds / 1_000_000;
        var report = await _world.Owner.ReadAsync($"/api/v1/pauses/{pause}");
        Assert.Equal((1, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed")
            .GetInt32(), report.GetProperty("pending").GetInt32()));
        Assert.DoesNotContain(_agent.WrittenAt(), at => at > stoppedAt + 10);
    }

    [Fact]
    public async Task Without_a_hub_the_permit_expires_and_the_collector_resumes_when_the_hub_is_reachable_again()
    {
        await _world.Hub.KillAsync();
        await _agent.PrintsAsync("MCI STOPPED PermitExpired");
        var written = _agent.WrittenAt().Count;
        var mark = _agent.Mark;
        await _world.Hub.StartAgainAsync();
        Assert.Equal(written, _agent.WrittenAt().Count);
        await _agent.PrintsAsync("MCI COLLECTING", mark);
    }
}
