using System.Collections.Concurrent;
using System.Text.Json;
using IncidentHub.Benchmarks.Fleet;
using IncidentHub.Tests.Features.Collectors;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>A real hub process, many sockets, and a pause in the middle of what they ask.</summary>
[Collection(nameof(RealProcesses))]
public sealed class PauseRaceTests(SharedHub shared, ITestOutputHelper output)
{
    private const int Groups = 20, GroupSize = 20, RenewalsOfGroup = 500, Renewals = Groups * RenewalsOfGroup, Sockets = 128;

    private sealed record Answer(TestCollector Collector, bool AskedAfterThePause, JsonElement? Permit);

    [Fact]
    public async Task A_pause_racing_ten_thousand_renewals_is_overtaken_by_no_permit_and_misses_no_collector_that_got_one()
    {
        await using var program = await shared.ProgramAsync(ttl: 60, longestAct: 2);
        var key = await program.KeyAsync();
        var fleet = await Task.WhenAll(Enumerable.Range(0, Groups * GroupSize).Select(_ => program.CollectorAsync(key)));
        var answers = new ConcurrentBag<Answer>();
        var (next, paused) = (-1, false);
        var pause = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Task.WhenAll(Enumerable.Range(0, Sockets).Select(_ => Task.Run(RenewAsync)));

        var ordered = (await pause.Task).GetProperty("pause");
        var guaranteed = ordered.GetProperty("guaranteedAt").GetDateTimeOffset();
        var permits = answers.Where(a => a.Permit is not null).ToList();
        Assert.Equal(Renewals, answers.Count);
        Assert.True(permits.Count is > 0 and < Renewals, $"{permits.Count} permits of {Renewals}: there was no race");
        Assert.True(answers.Any(a => a.AskedAfterThePause), "nobody asked after the pause");
        Assert.DoesNotContain(permits, p => p.AskedAfterThePause);
        Assert.All(permits, p => Assert.True(p.Permit!.Value.GetProperty("epoch").GetInt64() < ordered.GetProperty("epoch").GetInt64()));
        // With G and the second for rounding.
        Assert.All(permits, p => Assert.True(DateTimeOffset.FromUnixTimeSeconds(p.Permit!.Value.GetProperty("exp").GetInt64()).AddSeconds(3) <= guaranteed));
        // Some never got a permit: they came after the pause. Those who did are the population, all of them and nobody else.
        var holders = permits.Select(p => p.Collector).Distinct().Count();
        Assert.InRange(holders, GroupSize, fleet.Length - GroupSize);
        var report = await program.ReportAsync(await pause.Task);
        Assert.Equal((holders, fleet.Length - holders), (report.GetProperty("population").GetInt32(), report.GetProperty("idle").GetInt32()));
        output.WriteLine($"{permits.Count} of {Renewals} renewals got a permit, {holders} of {fleet.Length} collectors.");

        async Task RenewAsync()
        {
            using var socket = await RawConnection.OpenAsync(new Uri(program.Hub.Url));
            while (Interlocked.Increment(ref next) is var n && n < Renewals)
            {
                // Twenty collectors renew at a time, then the next twenty: half the fleet has a permit when the pause comes, and half has none.
                var collector = fleet[n / RenewalsOfGroup * GroupSize + n % GroupSize];
                // In the middle of a wave: they all ask at once, and are answered together.
                if (n == Renewals / 2 + Sockets / 2) _ = PauseAsync();
                var after = Volatile.Read(ref paused);
                var (status, body) = await socket.AskAsync(RawConnection.Request(
                    "/api/v1/collectors/permits:renew", collector.Secret, $$"""{"nonce":"race-{{n:D8}}","programs":[{"code":"{{program.Code}}","epochSeen":0,"lastSequence":0}]}"""));
                Assert.Equal(200, status);
                var renewed = JsonElement.Parse(body.Span).GetProperty("programs")[0];
                var token = renewed.GetProperty("permit").GetString();
                Assert.True(token is not null ^ renewed.GetProperty("stop").GetString() is not null, "either a permit or a stop");
                answers.Add(new(collector, after, token is null ? null : program.Verify(token, "ih-permit+jwt") ?? throw new InvalidOperationException("A permit that does not verify.")));
            }
        }

        async Task PauseAsync()
        {
            try
            {
                var answer = await program.PauseAsync();
                Volatile.Write(ref paused, true);
                pause.SetResult(answer);
            }
            catch (Exception e)
            {
                pause.SetException(e);
            }
        }
    }
}
