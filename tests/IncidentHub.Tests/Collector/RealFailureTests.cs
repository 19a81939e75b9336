using System.Collections.Concurrent;
using System.Diagnostics;
using IncidentHub.Collector;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Collector;

/// <summary>The library over real sockets against the real hub process, when clocks and networks fail.</summary>
[Collection(nameof(RealProcesses))]
public sealed class RealFailureTests(SharedHub shared) : IAsyncLifetime
{
    private RealProgram _program = null!;

    public async ValueTask InitializeAsync() => _program = await shared.ProgramAsync(ttl: 6);

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Theory]
    [InlineData(3600, true)]
    [InlineData(3600, false)]
    [InlineData(-3600, true)]
    [InlineData(-3600, false)]
    public async Task A_wall_clock_set_by_an_hour_before_or_after_a_renewal_keeps_the_bound_and_is_never_a_violation(
        int seconds, bool duringTheRenewal)
    {
        var wall = new ShiftedClock();
        var wire = new TellingHandler();
        await using var client = await _program.ClientAsync(wall: wall, handler: wire);
        await client.RenewAsync(default);
        var gate = client.Gate(_program.Code);
        Assert.True(gate.Begin("clicks").Keep());
        if (duringTheRenewal)
        {
            wire.BeforeAnswer = () => wall.Shift(TimeSpan.FromSeconds(seconds));
            await client.RenewAsync(default);
        }
        else
        {
            wall.Shift(TimeSpan.FromSeconds(seconds));
        }
        Assert.Equal(GateReason.ClockDrift, gate.Status.Reason);

        // The next renewal measures from the new time: only differences count.
        wire.BeforeAnswer = null;
        await client.RenewAsync(default);
        Assert.True(gate.Begin("clicks").Keep());
        var pause = await _program.PauseAsync();
        await client.RenewAsync(default);
        Assert.False(gate.MayCollect("clicks"));
        var report = await _program.ReportAsync(pause);
        Assert.Equal((1, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed")
            .GetInt32(), report.GetProperty("violating").GetInt32()));
        Assert.True(report.GetProperty("fullStopAt").GetDateTimeOffset() <= pause.GetProperty("pause").GetProperty("guaranteedAt")
            .GetDateTimeOffset());
    }

    [Fact]
    public async Task Collectors_that_lost_the_hub_together_reconnect_spread_out()
    {
        const int fleet = 120;
        var key = await _program.KeyAsync();
        var listening = new ConcurrentBag<(int Number, long At)>();
        var clients = new List<CollectorClient>();
        for (var n = 0; n < fleet; n++)
        {
            var number = n;
            var client = await _program.ClientAsync($"ws-{n}", key: key);
            client.Message += text =>
            {
                if (text.StartsWith("listening", StringComparison.Ordinal)) listening.Add((number, Stopwatch.GetTimestamp()));
            };
            clients.Add(client);
        }
        await Task.WhenAll(clients.Select(c => c.StartAsync()));
        await Waiting.UntilAsync(() => listening.Select(l => l.Number).Distinct().Count() == fleet, "all listen");
        await _program.Hub.KillAsync();
        listening.Clear();
        await _program.Hub.StartAgainAsync();
        await Waiting.UntilAsync(() => listening.Select(l => l.Number).Distinct().Count() == fleet, "all listen again");
        var back = listening.Select(l => l.At).Order().ToList();
        Assert.True(Stopwatch.GetElapsedTime(back[fleet / 10], back[fleet * 9 / 10]) > TimeSpan.FromMilliseconds(300),
            "they came back all at once");

        var pause = await _program.PauseAsync();
        await Waiting.UntilAsync(async () => (await _program.ReportAsync(pause)) is var r && r.GetProperty("confirmed")
            .GetInt32() == r.GetProperty("population").GetInt32(), "every stop is confirmed");
        Assert.All(clients, c => Assert.False(c.Gate(_program.Code).MayCollect("clicks")));
        foreach (var client in clients) await client.DisposeAsync();
    }

    /// <summary>The machine's wall clock, set during the test.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        private long _by;

        public void Shift(TimeSpan by) => Interlocked.Add(ref _by, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _by));
    }

    private sealed class TellingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public Action? BeforeAnswer { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("permits:renew", StringComparison.Ordinal)) BeforeAnswer?.Invoke();
            return answer;
        }
    }
}
