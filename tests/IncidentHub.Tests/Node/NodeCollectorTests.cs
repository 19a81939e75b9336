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
        await Waiting.UntilAsync(() => _agent.WrittenAt().Count > 0, "the collector writes batches");
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
        var stoppedAt = BootMs();
        var report = await _world.Owner.ReadAsync($"/api/v1/pauses/{pause}");
        Assert.Equal((1, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed")
            .GetInt32(), report.GetProperty("pending").GetInt32()));
        Assert.DoesNotContain(_agent.WrittenAt(), at => at > stoppedAt + 10);
    }

    [Fact]
    public async Task Without_a_hub_the_permit_expires_and_the_collector_resumes_when_the_hub_is_reachable_again()
    {
        await _world.Hub.KillAsync();
        var killed = BootMs();
        await _agent.PrintsAsync("MCI STOPPED PermitExpired");
        var ended = killed + (long)NodeWorld.Ttl.TotalMilliseconds;
        await Waiting.UntilAsync(() => BootMs() > ended + 1_000, "a second has gone by without a permit");
        var (mark, back) = (_agent.Mark, BootMs());
        await _world.Hub.StartAgainAsync();
        await _agent.PrintsAsync("MCI COLLECTING", mark);
        Assert.DoesNotContain(_agent.WrittenAt(), at => at > ended && at < back);
    }

    private static long BootMs() => BootClock.System.Nanoseconds / 1_000_000;
}
