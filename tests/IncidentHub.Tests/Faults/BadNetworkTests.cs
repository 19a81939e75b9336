using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>The real library and a real hub process, with a relay in between that cuts connections and replays messages.</summary>
[Collection(nameof(RealProcesses))]
public sealed class BadNetworkTests(SharedHub shared)
{
    private static readonly string[] Calls = ["challenge", "events", "jwks.json", "permits:renew", "register", "stops"];

    [Fact]
    public async Task The_collector_recovers_from_a_connection_lost_at_each_message()
    {
        await using var program = await shared.ProgramAsync();
        await using var relay = Relay.Before(program.Hub.Url);
        relay.Rule = (_, time) => time switch { 1 => RelayAct.CutBefore, 2 => RelayAct.CutAfter, _ => RelayAct.Pass };
        await using var client = await program.ClientAsync(through: relay.Url);
        var refused = await program.AuditedAsync("stop.refused");
        await client.StartAsync();
        await Waiting.UntilAsync(() => client.Gate(program.Code).MayCollect("clicks"), "it collects");
        var pause = await program.PauseAsync();
        await Waiting.UntilAsync(async () => (await program.ReportAsync(pause)).GetProperty("confirmed").GetInt32() == 1,
            "its stop is confirmed");
        await Waiting.UntilAsync(() => relay.Done.Contains(("events", RelayAct.Pass)) && relay.Done.Contains(("stops", RelayAct.Pass)),
            "the events are heard and the receipt has come");
        foreach (var act in (RelayAct[])[RelayAct.CutBefore, RelayAct.CutAfter, RelayAct.Pass])
            Assert.Equal(Calls, relay.Done.Where(d => d.Act == act).Select(d => d.Call).Distinct().Order());
        // One collector, although messages were sent twice; and no repeated message was treated as a forgery.
        Assert.Equal(
            (1, refused), ((await program.ReportAsync(pause)).GetProperty("population")
            .GetInt32(), await program.AuditedAsync("stop.refused")));
    }

    [Fact]
    public async Task A_replayed_renewal_response_extends_no_deadline_and_the_gate_closes_at_its_own_expiry()
    {
        await using var program = await shared.ProgramAsync();
        await using var relay = Relay.Before(program.Hub.Url);
        await using var client = await program.ClientAsync(through: relay.Url);
        await client.StartAsync();
        var gate = (CollectionGate)client.Gate(program.Code);
        await Waiting.UntilAsync(() => gate.Status.IsOpen, "the gate opens");
        // From now on the hub receives requests and responds, and the collector receives an earlier response.
        relay.Rule = (call, _) => call == "permits:renew" ? RelayAct.Replay : RelayAct.Pass;
        await Waiting.UntilAsync(() => relay.Done.Contains(("permits:renew", RelayAct.Replay)), "an answer was replayed");
        var held = gate.Last!;
        Assert.True(gate.MayCollect("clicks"));
        while (gate.Status.IsOpen)
        {
            var before = BootClock.System.Nanoseconds;
            var open = gate.MayCollect("clicks");
            Assert.True(open ? before < held.SentAt + held.Life : BootClock.System.Nanoseconds >= held.SentAt + held.Life,
                "it did not close at its own expiry");
            await Task.Delay(1);
        }
        Assert.Equal(GateReason.PermitExpired, gate.Status.Reason);
        var replayed = Replayed();
        Assert.True(replayed > 1, $"{replayed} answers were replayed");
        await Waiting.UntilAsync(() => Replayed() > replayed + 1, "more are replayed");
        Assert.False(gate.MayCollect("clicks"));
        Assert.Same(held, gate.Last);

        int Replayed() => relay.Done.Count(d => d.Act == RelayAct.Replay);
    }

    [Fact]
    public async Task An_earlier_permit_that_is_replayed_after_a_stop_does_not_open_the_gate()
    {
        await using var program = await shared.ProgramAsync(ttl: 60);
        await using var relay = Relay.Before(program.Hub.Url);
        await using var client = await program.ClientAsync(through: relay.Url);
        await client.RenewAsync(default);
        var gate = client.Gate(program.Code);
        Assert.True(gate.MayCollect("clicks"));
        await program.PauseAsync();
        await client.RenewAsync(default);
        Assert.Equal(GateReason.Paused, gate.Status.Reason);
        relay.Rule = (call, _) => call == "permits:renew" ? RelayAct.Replay : RelayAct.Pass;
        // The first response contained a permit that has not expired.
        relay.Which = _ => 0;
        await client.RenewAsync(default);
        Assert.Contains(("permits:renew", RelayAct.Replay), relay.Done);
        Assert.False(gate.Status.IsOpen || gate.MayCollect("clicks"));
    }
}
