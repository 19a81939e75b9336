using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Features.Gate;

/// <summary>
/// The real hub process and a collector with the real library over loopback, with the clocks of this machine. Its recorder does not ask the gate any more when it
/// should: what it reports of itself is nevertheless the truth.
/// </summary>
[Collection(nameof(RealProcesses))]
public sealed class RealGateTests : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("incidenthub-gate-").FullName;
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubProcess _hub = null!;
    private HttpClient _owner = null!, _ingestion = null!;
    private CollectorClient _client = null!;
    private long _sequence;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubProcess.StartAsync();
        _owner = new HttpClient { BaseAddress = new Uri(_hub.Url) };
        (await _owner.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
        await _owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI", name = "Model Capability Initiative", purpose = "Teach models how work is done.", owner = "owner", unit = "Research", regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks" }, lawfulBasis = "Legitimate interest", ttlSeconds = 10, longestActSeconds = 1, renewalSeconds = 1,
        });
        await _owner.MakeAsync("/api/v1/programs/MCI/launch");
        _ingestion = new HttpClient { BaseAddress = new Uri(_hub.Url) };
        _ingestion.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync("gate", null));
        _client = new CollectorClient(new CollectorOptions
        {
            Hub = new Uri(_hub.Url), Programs = ["MCI"], EnrolmentKey = await KeyAsync("enrol", "US"), StateFolder = _state, InstanceName = "ws-22081", HostPseudonym = "host-1",
        });
        _client.Message += text =>
        {
            if (text.Contains("is confirmed", StringComparison.Ordinal)) _acknowledged.TrySetResult();
        };
        await _client.StartAsync();
        await UntilAsync(() => Gate.Status.IsOpen, "the gate opens");
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _hub.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    private CollectionGate Gate => (CollectionGate)_client.Gate("MCI");

    [Fact]
    public async Task A_collector_that_acknowledges_and_goes_on_is_class_C_with_its_next_batch_and_the_report_flips()
    {
        var permit = Gate.Last!;
        var from = BootClock.System.Nanoseconds;
        await UntilAsync(() => BootClock.System.Nanoseconds > from + 200_000_000, "something is collected");
        var before = Batch(permit, from, BootClock.System.Nanoseconds);
        // A second of doubt lies before every order.
        await UntilAsync(() => BootClock.System.Nanoseconds > from + 1_800_000_000, "a second has gone by");

        var pause = (await _owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Data readable by everyone" })).GetProperty("pause").GetProperty("id").GetGuid();
        await _acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // The upload was under way when the epoch changed.
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(before)).Status);
        var report = await _owner.ReadAsync($"/api/v1/pauses/{pause}");
        Assert.Equal((1, 0), (report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating").GetInt32()));

        // The recorder goes on, and says so.
        permit = Gate.Last!;
        var stopped = BootClock.System.Nanoseconds;
        await UntilAsync(() => BootClock.System.Nanoseconds > stopped + 1_500_000_000, "it has gone on for more than a second");
        var (status, answer) = await CheckAsync(Batch(permit, stopped, BootClock.System.Nanoseconds));
        Assert.True(status == HttpStatusCode.Locked && answer.Text("class") == "C", $"{status} {answer}");
        report = await _owner.ReadAsync($"/api/v1/pauses/{pause}");
        Assert.Equal((0, 1), (report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("fullStopAt").ValueKind);

        // Nothing of it is lost with the process.
        await _hub.KillAsync();
        await _hub.StartAgainAsync();
        Assert.Equal(1, (await (await OwnerAsync()).ReadAsync("/api/v1/programs/MCI/held-batches")).GetProperty("undecided").GetProperty("C").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(before)).Status);
    }

    private async Task<HttpClient> OwnerAsync()
    {
        var owner = new HttpClient { BaseAddress = new Uri(_hub.Url) };
        (await owner.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
        return owner;
    }

    private async Task<string> KeyAsync(string scope, string? region) => (await _owner.MakeAsync("/api/v1/keys", new { name = scope, scopes = new[] { scope }, programs = new[] { "MCI" }, region })).Text("key");

    private object Batch(Permit permit, long from, long to)
    {
        var first = _sequence;
        _sequence += 10;
        return new
        {
            program = "MCI", collector = _client.CollectorId, categories = new[] { "keystrokes" }, firstSequence = first, lastSequence = first + 9, items = 10,
            digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(first))),
            permits = new[] { new { permit = permit.Token, startOffsetMs = (from - permit.SentAt) / 1_000_000, endOffsetMs = (to - permit.SentAt) / 1_000_000 } },
        };
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> CheckAsync(object batch) => _ingestion.PostAsync("/api/v1/gate/batches:check", batch);

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            try { await Task.Delay(20, patience.Token); }
            catch (OperationCanceledException) { throw new TimeoutException($"It did not happen that {what}."); }
        }
    }
}
