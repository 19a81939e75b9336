using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Collector;
using IncidentHub.Switch.Pauses;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Collectors;

/// <summary>What a hand-written collector needs of a hub: in this process, or a separate one.</summary>
internal interface ICollectorHub
{
    /// <summary>The default program.</summary>
    string Code { get; }

    HttpClient CreateClient();

    /// <summary>The claims of a token of this type that the hub signed; null for anything else.</summary>
    JsonElement? Verify(string token, string type);
}

/// <summary>A hub with one live program and collectors that speak the protocol by hand.</summary>
internal sealed class SwitchWorld : ICollectorHub, IAsyncDisposable
{
    public string Code => "MCI";
    public required TestHub Hub { get; init; }
    public HttpClient Owner { get; private set; } = null!;
    public HttpClient Responder { get; private set; } = null!;
    public Guid ProgramId { get; private set; }

    public static async Task<SwitchWorld> StartAsync(TestHub? hub = null)
    {
        var world = new SwitchWorld { Hub = hub ?? new() };
        world.Owner = await world.Hub.AsAsync("owner");
        world.Responder = await world.Hub.AsAsync("responder");
        await world.AddProgramAsync("MCI");
        world.ProgramId = (await world.ProgramAsync("MCI")).Id;
        return world;
    }

    public async Task AddProgramAsync(string code, params string[] regions)
    {
        await Owner.MakeAsync("/api/v1/programs", new
        {
            code,
            name = $"Program {code}",
            purpose = "Teach models how work is done.",
            owner = "owner",
            deputies = new[] { "deputy" },
            unit = "Research",
            regions = regions.Length == 0 ? ["US", "DE"] : regions,
            categories = new[] { "keystrokes", "clicks", "mouse-movements" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = 60,
            gracePeriodSeconds = 2,
            renewalSeconds = 20,
        });
        await Owner.MakeAsync($"/api/v1/programs/{code}/launch");
    }

    public Task<IncidentHub.Catalog.Programs.ProgramFacts> ProgramAsync(string code) =>
        Hub.Db.ReadAsync(async sql => (await Hub.Services.GetRequiredService<IncidentHub.Catalog.Programs.ProgramReader>()
            .FindByCodeAsync(sql, code))!);

    public async Task<string> EnrolmentKeyAsync(string? region = null, string[]? categories = null, params string[] programs) =>
        (await Owner.MakeAsync(
            "/api/v1/keys", new
            {
                name = "Workstations",
                scopes = new[] { "enrol" },
                programs = programs.Length == 0 ? ["MCI"] : programs,
                region,
                categories
            })).Text("key");

    public Task<TestCollector> CollectorAsync(string? region = null, string[]? categories = null, params string[] programs) =>
        RegisterAsync(new TestCollector(this), region, categories, programs);

    /// <summary>A collector that a staged resume releases with its first stage of that percentage.</summary>
    public Task<TestCollector> CollectorAsync(Func<int, bool> bucket)
    {
        while (true)
        {
            var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            if (bucket(TestCollector.BucketOf(key))) return RegisterAsync(new TestCollector(this, key), null, null);
            key.Dispose();
        }
    }

    private async Task<TestCollector> RegisterAsync(TestCollector collector, string? region, string[]? categories, params string[] programs)
    {
        await collector.RegisterAsync(await EnrolmentKeyAsync(region, categories, programs));
        return collector;
    }

    /// <summary>Pauses over the API; returns the response after the population is written.</summary>
    public async Task<JsonElement> PauseAsync(string[]? categories = null, string[]? regions = null, int? drillSeconds = null)
    {
        var answer = await Owner.MakeAsync("/api/v1/programs/MCI/pauses",
            new { reason = "Data readable by everyone", categories, regions, drillSeconds });
        await Hub.CountedAsync();
        return answer;
    }

    public Task<JsonElement> ReportAsync(Guid pauseId) => Owner.ReadAsync($"/api/v1/pauses/{pauseId}");

    /// <summary>Runs what is due for the pause by now.</summary>
    public Task TickAsync() => Hub.Services.GetRequiredService<PauseTick>().RunAsync(CancellationToken.None);

    public async Task<IReadOnlyList<string>> AuditActsAsync()
    {
        var auditor = await Hub.AsAsync("auditor");
        var list = await auditor.ReadAsync("/api/v1/audit?limit=250");
        return [.. list.GetProperty("items").EnumerateArray().Select(i => i.Text("act"))];
    }

    public HttpClient CreateClient() => Hub.CreateClient();

    public JsonElement? Verify(string token, string type) =>
        new IncidentHub.Switch.Protocol.HubTokens(Hub.Services.GetRequiredService<SigningKeys>(), "").Verify(token, type);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>A hand-written collector, which can also send false data.</summary>
internal sealed class TestCollector(ICollectorHub hub, ECDsa? key = null)
{
    private readonly HttpClient _http = hub.CreateClient();
    private long _nonce = 10_000_000;

    public ECDsa Key { get; } = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public Guid Id { get; private set; }
    public string Secret { get; private set; } = "";

    public object PublicKey => new { kty = "EC", crv = "P-256", x = Public(Key).X, y = Public(Key).Y };

    public static int BucketOf(ECDsa key) => Public(key).Bucket();

    private static IncidentHub.Switch.Collectors.CollectorKey Public(ECDsa key)
    {
        var q = key.ExportParameters(false).Q;
        return new(Base64Url.EncodeToString(q.X!), Base64Url.EncodeToString(q.Y!));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> TryRegisterAsync(
        string enrolmentKey, Func<string, string>? proof = null, object? publicKey = null)
    {
        var (status, challenge) = await CallAsync("challenge", enrolmentKey, null);
        if (status != HttpStatusCode.OK) return (status, challenge);
        var text = challenge.Text("challenge");
        return await CallAsync("register", enrolmentKey, new
        {
            instanceName = "ws-1",
            hostPseudonym = "host-1",
            version = "1.0",
            publicKey = publicKey ?? PublicKey,
            proof = proof?.Invoke(text) ?? Proof(text)
        });
    }

    public string Proof(string challenge, ECDsa? key = null) =>
        Jws.Sign("ih-enrol+jwt", new JsonObject { ["challenge"] = challenge }, key ?? Key);

    public async Task RegisterAsync(string enrolmentKey)
    {
        var (status, body) = await TryRegisterAsync(enrolmentKey);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        (Id, Secret) = (body.GetProperty("collectorId").GetGuid(), body.Text("secret"));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> RenewAsync(string? program = null, long epochSeen = 0) =>
        CallAsync(
            "permits:renew", Secret, new
            {
                nonce = $"nonce-{Interlocked.Increment(ref _nonce)}",
                programs = new[] { new { code = program ?? hub.Code, epochSeen, lastSequence = 0 } }
            });

    /// <summary>Renews one program; returns the verified permit and stop notice.</summary>
    public async Task<(string? Token, JsonElement? Permit, JsonElement? Stop)> AskAsync(string? program = null)
    {
        var (status, body) = await RenewAsync(program);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        var item = body.GetProperty("programs")[0];
        var (permit, stop) = (item.GetProperty("permit").GetString(), item.GetProperty("stop").GetString());
        return (permit, permit is null ? null : hub.Verify(permit, "ih-permit+jwt")!.Value,
            stop is null ? null : hub.Verify(stop, "ih-stop+jwt")!.Value);
    }

    public string Ack(string permit, long epoch, string? program = null, Action<JsonObject>? change = null, ECDsa? key = null,
        string type = "ih-ack+jwt")
    {
        var jti = hub.Verify(permit, "ih-permit+jwt")?.GetProperty("jti").GetString();
        var claims = new JsonObject
        {
            ["sub"] = Id.ToString(),
            ["aud"] = program ?? hub.Code,
            ["epoch"] = epoch,
            ["jti"] = jti,
            ["permit"] = permit,
            ["stoppedAtOffsetMs"] = 1_500,
            ["lastCollectedOffsetMs"] = 1_400,
            ["lastSequence"] = 12,
            ["itemsBuffered"] = 3,
            ["bufferDigest"] = new string('a', 64),
        };
        change?.Invoke(claims);
        return Jws.Sign(type, claims, key ?? Key);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> StopAsync(string ack) => CallAsync("stops", Secret, new { ack });

    public async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(string path, string? bearer, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/collectors/{path}");
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Content = body is string raw
            ? new StringContent(raw, System.Text.Encoding.UTF8, "application/json")
            : new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.False((int)answer.StatusCode >= 500, $"{path}: {text}");
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
