using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Collector;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Faults;

/// <summary>A live program of a hub in a separate process, with its people, ingestion and collectors, all over sockets.</summary>
internal sealed class RealProgram(HubProcess hub, string code) : ICollectorHub, IAsyncDisposable
{
    private readonly List<HttpClient> _clients = [];
    private readonly ConcurrentDictionary<string, ECDsa> _keys = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("incidenthub-real-").FullName;
    private HttpClient? _bare;

    public HubProcess Hub => hub;
    public string Code => code;
    public HttpClient Owner { get; private set; } = null!;

    /// <summary>All values in seconds.</summary>
    public static async Task<RealProgram> LaunchAsync(HubProcess hub, string code, int ttl, int gracePeriod, int renewal = 1)
    {
        var program = await OfAsync(hub, code);
        await program.Owner.MakeAsync("/api/v1/programs", new
        {
            code,
            name = $"Program {code}",
            purpose = "Teach models how work is done.",
            owner = "owner",
            deputies = new[] { "deputy" },
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks", "mouse-movements" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = ttl,
            gracePeriodSeconds = gracePeriod,
            renewalSeconds = renewal,
        });
        await program.Owner.MakeAsync($"/api/v1/programs/{code}/launch");
        return program;
    }

    /// <summary>A program that already exists on the hub.</summary>
    public static async Task<RealProgram> OfAsync(HubProcess hub, string code)
    {
        var program = new RealProgram(hub, code);
        program.Owner = await program.AsAsync("owner");
        return program;
    }

    public async Task<HttpClient> AsAsync(string account)
    {
        var client = Keep(new HttpClient { BaseAddress = new Uri(hub.Url) });
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>A client of a machine, without a session.</summary>
    public HttpClient CreateClient() => _bare ??= Keep(new HttpClient { BaseAddress = new Uri(hub.Url) });

    public async Task<string> KeyAsync(string scope = "enrol") =>
        (await Owner.MakeAsync(
            "/api/v1/keys", new
            {
                name = scope,
                scopes = new[] { scope },
                programs = new[] { code },
                region = scope == "enrol" ? "US" : null
            })).Text("key");

    public async Task<HttpClient> IngestionAsync()
    {
        var client = Keep(new HttpClient { BaseAddress = new Uri(hub.Url) });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync("gate"));
        return client;
    }

    /// <summary>A collector with the real library; <paramref name="through"/> is the relay between it and the hub.</summary>
    public async Task<CollectorClient> ClientAsync(string name = "ws-1", string? key = null, Uri? through = null,
        HttpMessageHandler? handler = null, TimeProvider? wall = null) => new(
        new CollectorOptions
        {
            Hub = through ?? new Uri(hub.Url),
            Programs = [code],
            EnrolmentKey = key ?? await KeyAsync(),
            StateFolder = Path.Combine(_folder, name),
            InstanceName = name,
            HostPseudonym = "h"
        },
        handler, null, wall);

    /// <summary>A hand-written collector, which can also send false data.</summary>
    public async Task<TestCollector> CollectorAsync(string? key = null)
    {
        var collector = new TestCollector(this);
        await collector.RegisterAsync(key ?? await KeyAsync());
        return collector;
    }

    /// <summary>Pauses; returns the stop report.</summary>
    public Task<JsonElement> PauseAsync(int? drillSeconds = null) =>
        Owner.MakeAsync($"/api/v1/programs/{code}/pauses", new { reason = "Data readable by everyone", drillSeconds });

    /// <summary>Ends the pause by a decision that it was an error: the shortest path, which still needs several people.</summary>
    public async Task ResumeAsync()
    {
        var decision = "/api/v1/decisions/" + (await Owner.ReadAsync($"/api/v1/decisions?program={code}"))
            .GetProperty("items")[0].Text("code");
        var (deputy, privacy) = (await AsAsync("deputy"), await AsAsync("privacy"));
        await Owner.MakeAsync(decision + "/placed-in-error", new { reason = "It was ordered for another program." });
        foreach (var criterion in (string[])["ErrorExplained", "NothingExposed"])
            await privacy.MakeAsync($"{decision}/criteria/{criterion}/meet", new { evidence = "Looked at it." });
        await deputy.MakeAsync(decision + "/propose", new { outcome = "Resume", rationale = "Nothing was exposed." });
        await Owner.MakeAsync(decision + "/approve", new { });
        await privacy.MakeAsync(decision + "/approve", new { });
    }

    /// <summary>The stop report of a pause, by the report in the response to its order.</summary>
    public Task<JsonElement> ReportAsync(JsonElement ordered) =>
        Owner.ReadAsync($"/api/v1/pauses/{ordered.GetProperty("pause").Text("id")}");

    /// <summary>How many records of this act the hub's audit log contains.</summary>
    public async Task<int> AuditedAsync(string act) =>
        (await (await AsAsync("auditor")).ReadAsync($"/api/v1/audit?act={act}&limit=250")).GetProperty("items").EnumerateArray()
            .Count(i => i.Text("act") == act);

    /// <summary>Verified with the keys that the hub publishes, reloaded where one is unknown.</summary>
    public JsonElement? Verify(string token, string type)
    {
        if (Jws.Verify(token, type, _keys.GetValueOrDefault) is { } known) return known;
        using var answer = CreateClient().Send(new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json"));
        foreach (var jwk in JsonElement.Parse(new StreamReader(answer.Content.ReadAsStream()).ReadToEnd())
            .GetProperty("keys").EnumerateArray())
        {
            var q = new ECPoint
            {
                X = System.Buffers.Text.Base64Url.DecodeFromChars(jwk.Text("x")),
                Y = System.Buffers.Text.Base64Url.DecodeFromChars(jwk.Text("y"))
            };
            _keys[jwk.Text("kid")] = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = q });
        }
        return Jws.Verify(token, type, _keys.GetValueOrDefault);
    }

    public ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        foreach (var key in _keys.Values) key.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private HttpClient Keep(HttpClient client)
    {
        _clients.Add(client);
        return client;
    }
}
