using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>A real hub process whose wall clock somebody sets while pauses are in force.</summary>
[Collection(nameof(RealProcesses))]
public sealed class HubClockSetTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly SteeredClock _clock = new();
    private HubProcess _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubProcess.StartAsync(settings: [.. _clock.Settings, ("Switch__MinTtl", "00:00:04")]);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _clock.Dispose();
    }

    [Fact]
    public async Task The_hubs_clock_set_forward_and_back_during_a_pause_moves_no_guaranteed_moment_and_assures_nothing_early_and_dates_nothing_back()
    {
        var before = await HubTimeAsync();
        await PausedAsync("FORWARD", Hour);
        var forward = await HubTimeAsync();
        Assert.True(forward - before > Hour, $"The hub's clock was not set: {before:T} then {forward:T}");
        await PausedAsync("BACK", TimeSpan.Zero);

        await using var program = new RealProgram(_hub, "FORWARD");
        var acts = new List<DateTimeOffset>();
        foreach (var entry in (await (await program.AsAsync("auditor")).ReadAsync("/api/v1/audit?limit=250")).GetProperty("items").EnumerateArray()) acts.Add(entry.GetProperty("at").GetDateTimeOffset());
        Assert.True(acts.Count > 10);
        Assert.Equal(acts.OrderDescending(), acts);
    }

    /// <summary>A pause with one collector that hears nothing and one that is honest, and the clock set right after it.</summary>
    private async Task PausedAsync(string code, TimeSpan ahead)
    {
        await using var program = await RealProgram.LaunchAsync(_hub, code, ttl: 4, longestAct: 1);
        var ingestion = await program.IngestionAsync();
        await using var honest = await program.ClientAsync();
        var silent = await program.CollectorAsync();
        await honest.RenewAsync(default);
        var collected = ((CollectionGate)honest.Gate(code)).Last!;
        // A second of doubt lies before every order.
        await Waiting.UntilAsync(() => BootClock.System.Nanoseconds > collected.SentAt + 2_000_000_000, "two seconds have gone by since it collected");
        var exp = DateTimeOffset.FromUnixTimeSeconds((await silent.AskAsync()).Permit!.Value.GetProperty("exp").GetInt64());
        var asked = BootClock.System.Nanoseconds;
        var ordered = await program.PauseAsync();
        _clock.Set(ahead);

        var pause = ordered.GetProperty("pause");
        var (inForce, guaranteed) = (pause.GetProperty("inForce").GetProperty("at").GetDateTimeOffset(), pause.GetProperty("guaranteedAt").GetDateTimeOffset());
        await honest.RenewAsync(default);
        await Waiting.UntilAsync(
            async () =>
            {
                var report = await program.ReportAsync(ordered);
                Assert.Equal(guaranteed, report.GetProperty("pause").GetProperty("guaranteedAt").GetDateTimeOffset());
                Assert.Equal((2, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating").GetInt32()));
                if (report.GetProperty("assured").GetInt32() == 0) return false;
                // Its permit, G and the second for rounding: so long must have gone by, whatever the wall clock says.
                var elapsed = TimeSpan.FromMilliseconds((BootClock.System.Nanoseconds - asked) / 1e6);
                Assert.True(elapsed >= exp.AddSeconds(2) - inForce, $"{code}: assured after {elapsed}");
                Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
                return true;
            },
            "expiry is proof");
        var full = (await program.ReportAsync(ordered)).GetProperty("fullStopAt").GetDateTimeOffset();
        Assert.InRange(full, inForce, guaranteed);
        // What was honestly collected before is let in, or waits for the decision: it is never taken for a violation.
        var (status, answer) = await ingestion.PostAsync("/api/v1/gate/batches:check", new
        {
            program = code, collector = honest.CollectorId, categories = new[] { "clicks" }, firstSequence = 1, lastSequence = 1, items = 1, digest = Convert.ToHexStringLower(SHA256.HashData("1"u8)),
            permits = new[] { new { permit = collected.Token, startOffsetMs = 0, endOffsetMs = 1 } },
        });
        Assert.True(status == HttpStatusCode.OK || answer.Text("class") == "A", $"{code}: {status} {answer}");
    }

    // As its answers carry it: the machine's clock, as the process sees it.
    private async Task<DateTimeOffset> HubTimeAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(_hub.Url + "/.well-known/jwks.json"));
        return answer.Headers.Date!.Value;
    }
}
