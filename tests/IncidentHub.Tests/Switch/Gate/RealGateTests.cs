using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Collector;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>
/// The real hub process and a collector with the real library over loopback, with the clocks of this machine. Its recorder ignores the
/// gate, but reports its collection truthfully.
/// </summary>
[Collection(nameof(RealProcesses))]
public sealed class RealGateTests(SharedHub shared) : IAsyncLifetime
{
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RealProgram _program = null!;
    private HttpClient _ingestion = null!;
    private CollectorClient _client = null!;
    private long _sequence;

    public async ValueTask InitializeAsync()
    {
        _program = await shared.ProgramAsync(ttl: 10);
        _ingestion = await _program.IngestionAsync();
        _client = await _program.ClientAsync();
        _client.Message += text =>
        {
            if (text.Contains("is confirmed", StringComparison.Ordinal)) _acknowledged.TrySetResult();
        };
        await _client.StartAsync();
        await Waiting.UntilAsync(() => Gate.Status.IsOpen, "the gate opens");
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _program.DisposeAsync();
    }

    private CollectionGate Gate => (CollectionGate)_client.Gate(_program.Code);

    [Fact]
    public async Task A_collector_that_acknowledges_and_continues_is_class_C_with_its_next_batch_and_the_stop_is_not_proven_any_more()
    {
        var permit = Gate.Last!;
        var from = BootClock.System.Nanoseconds;
        await Waiting.UntilAsync(() => BootClock.System.Nanoseconds > from + 200_000_000, "something is collected");
        var until = BootClock.System.Nanoseconds;
        var before = Batch(permit, from, until);
        // The last second before an order is ambiguous.
        await Waiting.UntilAsync(() => BootClock.System.Nanoseconds > until + 1_800_000_000, "a second has gone by");

        var pause = await _program.PauseAsync();
        await _acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // The upload was in progress when the epoch changed.
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(before)).Status);
        var report = await _program.ReportAsync(pause);
        Assert.Equal((1, 0), (report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating").GetInt32()));

        // The recorder continues to collect, and reports it.
        permit = Gate.Last!;
        var stopped = BootClock.System.Nanoseconds;
        await Waiting.UntilAsync(() => BootClock.System.Nanoseconds > stopped + 1_500_000_000, "it has gone on for more than a second");
        var (status, answer) = await CheckAsync(Batch(permit, stopped, BootClock.System.Nanoseconds));
        Assert.True(status == HttpStatusCode.Locked && answer.Text("class") == "C", $"{status} {answer}");
        report = await _program.ReportAsync(pause);
        Assert.Equal((0, 1), (report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("fullStopAt").ValueKind);

        // The quarantine survives a restart of the hub.
        await _program.Hub.KillAsync();
        await _program.Hub.StartAgainAsync();
        Assert.Equal(1, (await _program.Owner.ReadAsync($"/api/v1/programs/{_program.Code}/quarantined-batches")).GetProperty("undecided")
            .GetProperty("C").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(before)).Status);
    }

    [Fact]
    public async Task A_restarted_collector_continues_its_numbers_and_its_batches_are_admitted()
    {
        var numbers = new List<long>();
        for (var start = 0; start < 2; start++)
        {
            await using var client = await _program.ClientAsync("ws-restarted");
            await client.StartAsync();
            await Waiting.UntilAsync(() => client.Gate(_program.Code).Status.IsOpen, "the gate opens");
            var (gate, from) = ((CollectionGate)client.Gate(_program.Code), BootClock.System.Nanoseconds);
            var permit = gate.Last!;
            for (var i = 0; i < 5; i++)
            {
                Assert.True(gate.Begin("keystrokes").Keep(out var sequence));
                numbers.Add(sequence);
            }
            var (status, answer) = await CheckAsync(Batch(permit, from, BootClock.System.Nanoseconds, numbers[^5], client.CollectorId));
            Assert.True(status == HttpStatusCode.OK, $"start {start}: {answer}");
        }
        Assert.Equal([1, 2, 3, 4, 5], numbers.Take(5));
        Assert.All(numbers.Skip(5), n => Assert.True(n > 5));
    }

    private object Batch(Permit permit, long from, long to)
    {
        var first = _sequence;
        _sequence += 10;
        return Batch(permit, from, to, first, _client.CollectorId);
    }

    private object Batch(Permit permit, long from, long to, long first, Guid? collector) => new
    {
        program = _program.Code,
        collector,
        categories = new[] { "keystrokes" },
        firstSequence = first,
        lastSequence = first + 4,
        items = 5,
        digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(first))),
        permits =
            new[] { new { permit = permit.Token, startOffsetMs = (from - permit.SentAt) / 1_000_000,
            endOffsetMs = (to - permit.SentAt) / 1_000_000 } },
    };

    private Task<(HttpStatusCode Status, JsonElement Body)> CheckAsync(object batch) =>
        _ingestion.PostAsync("/api/v1/gate/batches:check", batch);
}
