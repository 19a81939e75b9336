using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>A real hub process whose wall clock is set, right after a pause and right before one.</summary>
[Collection(nameof(RealProcesses))]
public sealed class HubClockSetTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly SteeredClock _clock = new();
    private HubProcess _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubProcess.StartAsync(settings: _clock.Settings);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _clock.Dispose();
    }

    [Fact]
    public async Task The_hubs_clock_set_forward_and_back_around_a_pause_moves_no_guaranteed_stop_time_and_proves_nothing_early()
    {
        var before = await HubTimeAsync();
        await SetAroundPausesAsync("FORWARD", Hour);
        var forward = await HubTimeAsync();
        Assert.True(forward - before > Hour, $"The hub's clock was not set: {before:T} then {forward:T}");
        await SetAroundPausesAsync("BACK", TimeSpan.Zero);
        Assert.True(await HubTimeAsync() < forward, "The hub's clock was not set back.");

        await using var program = new RealProgram(_hub, "ALL");
        var acts = (await (await program.AsAsync("auditor")).ReadAsync("/api/v1/audit?limit=250")).GetProperty("items").EnumerateArray()
            .Select(e => e.GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.True(acts.Count > 10);
        Assert.Equal(acts.OrderDescending(), acts);
    }

    private async Task SetAroundPausesAsync(string name, TimeSpan ahead)
    {
        var both = await Task.WhenAll(StoppedProgram.WithPermitsAsync(_hub, name + "-1"),
            StoppedProgram.WithPermitsAsync(_hub, name + "-2"));
        await using var earlier = both[0];
        await using var later = both[1];
        await earlier.PauseAsync();
        _clock.Set(ahead);
        await later.PauseAsync();
        await Task.WhenAll(earlier.ProvenAsync(), later.ProvenAsync());
    }

    // The time in its responses: the machine's clock, as the process sees it.
    private async Task<DateTimeOffset> HubTimeAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(_hub.Url + "/.well-known/jwks.json"));
        return answer.Headers.Date!.Value;
    }

    /// <summary>A program with one collector that is cut off and one that is honest.</summary>
    private sealed class StoppedProgram(RealProgram program, HttpClient ingestion, CollectorClient honest, Permit collected, long askedAt)
        : IAsyncDisposable
    {
        private const int Ttl = 5, G = 1;
        private JsonElement _ordered;

        public static async Task<StoppedProgram> WithPermitsAsync(HubProcess hub, string code)
        {
            var program = await RealProgram.LaunchAsync(hub, code, Ttl, G);
            var (honest, silent) = (await program.ClientAsync(), await program.CollectorAsync());
            await honest.RenewAsync(default);
            var ingestion = await program.IngestionAsync();
            // The last second before an order is ambiguous: the data is collected well before it.
            var collected = ((CollectionGate)honest.Gate(code)).Last!;
            await Waiting.UntilAsync(() => BootClock.System.Nanoseconds > collected.SentAt + 2_000_000_000,
                "more than a second has gone by");
            await honest.RenewAsync(default);
            var asked = BootClock.System.Nanoseconds;
            await silent.AskAsync();
            return new StoppedProgram(program, ingestion, honest, collected, asked);
        }

        public async Task PauseAsync() => _ordered = await program.PauseAsync();

        public async Task ProvenAsync()
        {
            await honest.RenewAsync(default);
            var pause = _ordered.GetProperty("pause");
            var (activated, guaranteed) = (pause.GetProperty("activated").GetProperty("at").GetDateTimeOffset(),
                pause.GetProperty("guaranteedAt").GetDateTimeOffset());
            await Waiting.UntilAsync(
                async () =>
                {
                    var report = await program.ReportAsync(_ordered);
                    Assert.Equal(guaranteed, report.GetProperty("pause").GetProperty("guaranteedAt").GetDateTimeOffset());
                    Assert.Equal((2, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed")
                        .GetInt32(), report.GetProperty("violating").GetInt32()));
                    if (report.GetProperty("assured").GetInt32() == 0) return false;
                    // The cut-off collector may continue for this long, by its own clock and independent of the hub's; and no longer.
                    Assert.InRange((BootClock.System.Nanoseconds - askedAt) / 1e9, Ttl + G, 60);
                    return true;
                },
                $"expiry is proof in {program.Code}");
            Assert.InRange((await program.ReportAsync(_ordered)).GetProperty("fullStopAt").GetDateTimeOffset(), activated, guaranteed);
            await NoViolationAsync();
        }

        // Data collected honestly before is admitted, or waits for the disposition.
        private async Task NoViolationAsync()
        {
            var (status, answer) = await ingestion.PostAsync("/api/v1/gate/batches:check", new
            {
                program = program.Code,
                collector = honest.CollectorId,
                categories = new[] { "clicks" },
                firstSequence = 1,
                lastSequence = 1,
                items = 1,
                digest = Convert.ToHexStringLower(SHA256.HashData("1"u8)),
                permits = new[] { new { permit = collected.Token, startOffsetMs = 0, endOffsetMs = 1 } },
            });
            Assert.True(status == System.Net.HttpStatusCode.OK || answer.Text("class") == "A", $"{program.Code}: {status} {answer}");
        }

        public async ValueTask DisposeAsync()
        {
            await honest.DisposeAsync();
            await program.DisposeAsync();
        }
    }
}
