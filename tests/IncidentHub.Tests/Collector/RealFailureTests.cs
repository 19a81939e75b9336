using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Collector;

/// <summary>The library over real sockets against the real hub process, when clocks and networks fail.</summary>
[Collection(nameof(RealProcesses))]
public sealed class RealFailureTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-failures-").FullName;
    private HubProcess _hub = null!;
    private HttpClient _owner = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await HubProcess.StartAsync();
        await SignInAsync();
        await _owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI", name = "Model Capability Initiative", purpose = "Teach models how work is done.", owner = "owner", unit = "Research", regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks" }, lawfulBasis = "Legitimate interest", ttlSeconds = 6, longestActSeconds = 1, renewalSeconds = 1,
        });
        await _owner.MakeAsync("/api/v1/programs/MCI/launch");
        _key = (await _owner.MakeAsync("/api/v1/keys", new { name = "Workstations", scopes = new[] { "enrol" }, programs = new[] { "MCI" }, region = "US" })).Text("key");
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(3600, true)]
    [InlineData(3600, false)]
    [InlineData(-3600, true)]
    [InlineData(-3600, false)]
    public async Task A_wall_clock_set_by_an_hour_before_or_after_a_renewal_keeps_the_bound_and_is_never_called_violating(int seconds, bool duringTheRenewal)
    {
        var wall = new ShiftedClock();
        var wire = new TellingHandler();
        await using var client = Client("ws-1", wall, wire);
        await client.RenewAsync(default);
        var gate = client.Gate("MCI");
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
        var pause = await PauseAsync();
        await client.RenewAsync(default);
        Assert.False(gate.MayCollect("clicks"));
        var report = await ReportAsync(pause);
        Assert.Equal((1, 1, 0), (report.GetProperty("population").GetInt32(), report.GetProperty("confirmed").GetInt32(), report.GetProperty("violating").GetInt32()));
        Assert.True(report.GetProperty("fullStopAt").GetDateTimeOffset() <= pause.GetProperty("guaranteedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Connections_cut_one_after_the_other_at_every_exchange_are_survived()
    {
        // Each exchange is cut twice: before the hub hears of it, and after it acted.
        var cut = new CuttingHandler();
        await using var client = Client("ws-1", TimeProvider.System, cut);
        cut.On = true;
        await client.StartAsync();
        await UntilAsync(() => Task.FromResult(client.Gate("MCI").MayCollect("clicks")), "it collects");
        var pause = await PauseAsync();
        await UntilAsync(async () => (await ReportAsync(pause)).GetProperty("confirmed").GetInt32() == 1, "its stop is confirmed");
        Assert.Equal(["challenge", "events", "jwks.json", "permits:renew", "register", "stops"], cut.Seen.Order());
    }

    [Fact]
    public async Task A_fleet_that_lost_the_hub_together_comes_back_spread_out_and_none_starves()
    {
        const int fleet = 120;
        var listening = new ConcurrentBag<(int Number, long At)>();
        var clients = new List<CollectorClient>();
        for (var n = 0; n < fleet; n++)
        {
            var number = n;
            var client = Client($"ws-{n}", TimeProvider.System, null);
            client.Message += text =>
            {
                if (text.StartsWith("listening", StringComparison.Ordinal)) listening.Add((number, Stopwatch.GetTimestamp()));
            };
            clients.Add(client);
        }
        await Task.WhenAll(clients.Select(c => c.StartAsync()));
        await UntilAsync(() => Task.FromResult(listening.Select(l => l.Number).Distinct().Count() == fleet), "all listen");
        await _hub.KillAsync();
        listening.Clear();
        await _hub.StartAgainAsync();
        await UntilAsync(() => Task.FromResult(listening.Select(l => l.Number).Distinct().Count() == fleet), "all listen again");
        var back = listening.Select(l => l.At).Order().ToList();
        Assert.True(Stopwatch.GetElapsedTime(back[fleet / 10], back[fleet * 9 / 10]) > TimeSpan.FromMilliseconds(300), "they came back all at once");

        await SignInAsync();
        var pause = await PauseAsync();
        await UntilAsync(async () => (await ReportAsync(pause)) is var r && r.GetProperty("confirmed").GetInt32() == r.GetProperty("population").GetInt32(), "every stop is confirmed");
        Assert.All(clients, c => Assert.False(c.Gate("MCI").MayCollect("clicks")));
        foreach (var client in clients) await client.DisposeAsync();
    }

    private CollectorClient Client(string name, TimeProvider wall, HttpMessageHandler? handler) => new(
        new CollectorOptions { Hub = new Uri(_hub.Url), Programs = ["MCI"], EnrolmentKey = _key, StateFolder = Path.Combine(_folder, name), InstanceName = name, HostPseudonym = "h" }, handler, null, wall);

    private async Task SignInAsync()
    {
        _owner = new HttpClient { BaseAddress = new Uri(_hub.Url) };
        (await _owner.PostAsJsonAsync("/api/v1/session", new { account = "owner" })).EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> PauseAsync() => (await _owner.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Data readable by everyone" })).GetProperty("pause");

    private Task<JsonElement> ReportAsync(JsonElement pause) => _owner.ReadAsync($"/api/v1/pauses/{pause.Text("id")}");

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(90)) throw new TimeoutException($"It did not happen that {what}.");
            await Task.Delay(25);
        }
    }

    /// <summary>The machine's wall clock, which somebody sets.</summary>
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

    private sealed class CuttingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly ConcurrentDictionary<string, int> _times = new();

        public bool On { get; set; }

        public IEnumerable<string> Seen => _times.Keys;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var time = _times.AddOrUpdate(request.RequestUri!.Segments[^1], 1, (_, n) => n + 1);
            if (On && time == 1) throw new HttpRequestException("The connection was cut.");
            var answer = await base.SendAsync(request, cancellationToken);
            if (!On || time != 2) return answer;
            answer.Dispose();
            throw new HttpRequestException("The connection was cut.");
        }
    }
}
