using System.Collections.Concurrent;
using System.Text.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Faults;

/// <summary>A real hub process, many sockets that renew continuously, and pauses among the renewals.</summary>
[Collection(nameof(RealProcesses))]
public sealed class PauseRaceTests(SharedHub shared, ITestOutputHelper output)
{
    private const int Renewals = 10_000, Pauses = 10, Fleet = 40, Sockets = 128, Busy = 2;
    private int _next = -1;
    private bool _over;

    [Fact]
    public async Task No_permit_overtakes_a_pause_among_ten_thousand_renewals_and_no_collector_that_got_one_is_missing()
    {
        var races = new List<Race>();
        while (races.Count < Pauses)
            races.Add(await Race.PreparedAsync(await shared.ProgramAsync(ttl: 60, gracePeriod: 2), pauseAt: 250 + 50 * races.Count));
        // Other writes run as well, so that renewals wait and pauses overtake them.
        var busy = Enumerable.Range(0, Busy).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref _over)) await races[0].Program.KeyAsync();
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, Sockets).Select(_ => Task.Run(() => RenewAsync(races))));
        Volatile.Write(ref _over, true);
        await Task.WhenAll(busy);

        Assert.True(races.Sum(r => r.Answers.Count) >= Renewals);
        foreach (var race in races)
        {
            output.WriteLine(await race.JudgeAsync());
            await race.Program.DisposeAsync();
        }
    }

    private async Task RenewAsync(List<Race> races)
    {
        using var socket = await RawConnection.OpenAsync(new Uri(races[0].Program.Hub.Url));
        while (Interlocked.Increment(ref _next) is var n && (n < Renewals || races.Exists(r => !r.IsOver)))
            await races[n % Pauses].RenewAsync(socket, n / Pauses);
    }

    /// <summary>One program's renewals, and the pause among them.</summary>
    private sealed class Race(RealProgram program, TestCollector[] fleet, int pauseAt)
    {
        // Two waves of renewals, on all sockets.
        private const int Begin = 35, Before = 5;
        private readonly TaskCompletionSource<JsonElement> _pause = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RealProgram Program => program;

        /// <summary>A renewal that was requested after the pause was acknowledged, and answered.</summary>
        public bool IsOver { get; private set; }

        public ConcurrentBag<(TestCollector Collector, bool AskedAfterThePause, JsonElement? Permit)> Answers { get; } = [];

        public static async Task<Race> PreparedAsync(RealProgram program, int pauseAt)
        {
            var key = await program.KeyAsync();
            return new(program, await Task.WhenAll(Enumerable.Range(0, Fleet).Select(_ => program.CollectorAsync(key))), pauseAt);
        }

        public async Task RenewAsync(RawConnection socket, int n)
        {
            // While the pause is in flight, every request is a collector's first: a late permit is then visible in the population.
            var begins = n - (pauseAt - Before);
            var collector = fleet[begins < 0 ? n % (Fleet - Begin) : begins < Begin ? Fleet - Begin + begins : n % Fleet];
            if (n == pauseAt) _ = Task.Run(PauseAsync);
            var after = _pause.Task.IsCompleted;
            var (status, body) = await socket.AskAsync(RawConnection.Request(
                "/api/v1/collectors/permits:renew", collector.Secret, $$"""{"nonce":"race-{{n:D8}}","programs":[{"code":"{{program.Code}}","epochSeen":0,"lastSequence":0}]}"""));
            Assert.Equal(200, status);
            var renewed = JsonElement.Parse(body.Span).GetProperty("programs")[0];
            var token = renewed.GetProperty("permit").GetString();
            Assert.True(token is not null ^ renewed.GetProperty("stop").GetString() is not null, "either a permit or a stop");
            Answers.Add(
                (collector, after, token is null ? null : program.Verify(token, "ih-permit+jwt") ?? throw new InvalidOperationException(
                    "A permit that does not verify.")));
            if (after) IsOver = true;
        }

        public async Task<string> JudgeAsync()
        {
            var ordered = await _pause.Task;
            var pause = ordered.GetProperty("pause");
            var guaranteed = pause.GetProperty("guaranteedAt").GetDateTimeOffset();
            var permits = Answers.Where(a => a.Permit is not null).ToList();
            Assert.DoesNotContain(permits, p => p.AskedAfterThePause);
            Assert.All(permits, p => Assert.True(p.Permit!.Value.GetProperty("epoch").GetInt64() < pause.GetProperty("epoch").GetInt64()));
            // With G and the second for rounding.
            Assert.All(permits, p => Assert.True(DateTimeOffset.FromUnixTimeSeconds(p.Permit!.Value.GetProperty("exp").GetInt64())
                .AddSeconds(3) <= guaranteed));
            // The population contains exactly the collectors that got a permit, however late the response arrived.
            var holders = permits.Select(p => p.Collector).Distinct().Count();
            var report = await program.ReportAsync(ordered);
            Assert.Equal((holders, Fleet - holders), (report.GetProperty("population").GetInt32(), report.GetProperty("idle").GetInt32()));
            return $"{program.Code}: {permits.Count} of {Answers.Count} renewals got a permit, {holders} of {Fleet} collectors.";
        }

        private async Task PauseAsync()
        {
            try
            {
                _pause.SetResult(await program.PauseAsync());
            }
            catch (Exception e)
            {
                _pause.SetException(e);
            }
        }
    }
}
