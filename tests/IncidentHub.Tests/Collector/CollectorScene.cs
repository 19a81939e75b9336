using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Collector;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Collector;

/// <summary>The real client library against the real hub in this process, over a network controlled by the test.</summary>
public abstract class CollectorScene : IAsyncLifetime
{
    private protected readonly string _state = Directory.CreateTempSubdirectory("incidenthub-collector-").FullName;
    private protected readonly FakeBootClock _boot = new();
    private protected SwitchWorld _world = null!;
    private protected BentWire _wire = null!;
    private string _key = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        _wire = new BentWire(_world.Hub.Server.CreateHandler());
        _key = await _world.EnrolmentKeyAsync("US");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _world.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    private protected CollectorClient Client(string? key = "") => new(
        new CollectorOptions
        {
            Hub = new Uri("http://localhost"),
            Programs = ["MCI"],
            EnrolmentKey = key is null ? null : _key,
            StateFolder = _state,
            InstanceName = "ws-7",
            HostPseudonym = "h"
        },
        _wire, _boot, _world.Hub.Clock);

    private protected void Pass(TimeSpan time)
    {
        _boot.Pass(time);
        _world.Hub.Clock.Advance(time);
    }

    /// <summary>The network with the faults that a test sets.</summary>
    private protected sealed class BentWire(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly List<string> _renewals = [];

        public List<(string Path, string Body)> Sent { get; } = [];
        public bool Replay { get; set; }
        public bool ReplayFirst { get; set; }
        public (string Path, bool AfterTheHubActed)? Cut { get; set; }
        public Action<JsonNode>? Bend { get; set; }
        public Action? BeforeAnswer { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            Sent.Add((path, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            var cut = Cut is { } c && path.EndsWith(c.Path, StringComparison.Ordinal);
            if (cut && !Cut!.Value.AfterTheHubActed) throw new HttpRequestException("The connection was cut.");
            if (path.EndsWith("permits:renew", StringComparison.Ordinal) && (Replay || ReplayFirst))
                return Json(ReplayFirst ? _renewals[0] : _renewals[^1]);
            var answer = await base.SendAsync(request, cancellationToken);
            if (cut) throw new HttpRequestException("The connection was cut.");
            if (!path.EndsWith("permits:renew", StringComparison.Ordinal)) return answer;
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK) return answer;
            _renewals.Add(text);
            var node = JsonNode.Parse(text)!;
            Bend?.Invoke(node);
            BeforeAnswer?.Invoke();
            return Json(node.ToJsonString());
        }

        private static HttpResponseMessage Json(string text) =>
            new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }
}

internal static class ReportReading
{
    /// <summary>The stop reports of all pauses of MCI, newest last.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadReportsAsync(this HttpClient client)
    {
        var pauses = (await IncidentHub.Tests.Support.ApiCalls.ReadAsync(client, "/api/v1/programs/MCI/pauses")).GetProperty("items")
            .EnumerateArray().Reverse();
        var reports = new List<JsonElement>();
        foreach (var pause in pauses)
            reports.Add(await IncidentHub.Tests.Support.ApiCalls.ReadAsync(
                client, $"/api/v1/pauses/{pause.GetProperty("id").GetString()}"));
        return reports;
    }
}
