using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using IncidentHub.Platform.Journal;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>
/// A live program with a collector, and an ingestion service that uses the gate. Times are seconds since the scene began.
/// </summary>
internal sealed class GateScene : IAsyncDisposable
{
    private readonly DateTimeOffset _began;
    private HttpClient _ingestion = null!;
    private long _sequence;

    private GateScene(SwitchWorld world)
    {
        World = world;
        _began = world.Hub.Clock.Now;
    }

    public SwitchWorld World { get; }
    public TestCollector Collector { get; private set; } = null!;

    public static async Task<GateScene> StartAsync(string? region = null)
    {
        var scene = new GateScene(await SwitchWorld.StartAsync());
        scene._ingestion = await scene.IngestionAsync("MCI");
        scene.Collector = await scene.World.CollectorAsync(region);
        return scene;
    }

    /// <summary>A client with a key of the scope gate, for these programs.</summary>
    public async Task<HttpClient> IngestionAsync(params string[] programs)
    {
        var key = (await World.Owner.MakeAsync("/api/v1/keys", new { name = "Ingestion", scopes = new[] { "gate" }, programs }))
            .Text("key");
        var client = World.Hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Advances the clock to that many seconds after the beginning.</summary>
    public void At(double seconds)
    {
        var by = _began.AddSeconds(seconds) - World.Hub.Clock.Now;
        Assert.True(by >= TimeSpan.Zero, "time does not go back");
        World.Hub.Clock.Advance(by);
    }

    public async Task<string> PermitAsync(TestCollector? collector = null) => (await (collector ?? Collector).AskAsync()).Token
        ?? throw new InvalidOperationException("No permit.");

    /// <summary>A batch of ten items under one permit; <paramref name="change"/> alters it.</summary>
    public Dictionary<string, object?> Batch(string? permit, long startMs, long endMs, string[]? categories = null,
        Action<Dictionary<string, object?>>? change = null)
    {
        var first = _sequence;
        _sequence += 10;
        var batch = new Dictionary<string, object?>
        {
            ["program"] = "MCI",
            ["permits"] = permit is null
                ? Array.Empty<object>() : new object[] { new { permit, startOffsetMs = startMs, endOffsetMs = endMs } },
            ["categories"] = categories ?? ["keystrokes"],
            ["firstSequence"] = first,
            ["lastSequence"] = first + 9,
            ["digest"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(first))),
            ["items"] = 10,
        };
        change?.Invoke(batch);
        return batch;
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> CheckAsync(object batch, HttpClient? ingestion = null) =>
        (ingestion ?? _ingestion).PostAsync("/api/v1/gate/batches:check", batch);

    /// <summary>Checks a batch that must be admitted; returns the admission's claims.</summary>
    public async Task<JsonElement> AdmittedAsync(object batch)
    {
        var (status, body) = await CheckAsync(batch);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return Admission(body.Text("admission"));
    }

    public JsonElement Admission(string token) => World.Verify(token, "ih-admit+jwt")
        ?? throw new InvalidOperationException("Not an admission.");

    /// <summary>Checks a batch that must be quarantined; returns its id.</summary>
    public async Task<Guid> HeldAsync(object batch, string held, string code)
    {
        var (status, body) = await CheckAsync(batch);
        Assert.True(status == HttpStatusCode.Locked, $"{status} {body}");
        Assert.Equal((held, code), (body.Text("class"), body.Text("code")));
        return body.GetProperty("batchId").GetGuid();
    }

    public async Task RefusedAsync(object batch, string code)
    {
        var (status, body) = await CheckAsync(batch);
        Assert.True(status == HttpStatusCode.Locked, $"{status} {body}");
        Assert.Equal(("D", code, "refuse"), (body.Text("class"), body.Text("code"), body.Text("answer")));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("batchId").ValueKind);
    }

    public async Task<JsonElement> DispositionsAsync(long after = 0, HttpClient? ingestion = null) =>
        await (ingestion ?? _ingestion).ReadAsync($"/api/v1/gate/dispositions?after={after}");

    public async Task<JsonElement> QuarantineAsync(string account = "owner", bool undecided = true) =>
        await (await World.Hub.AsAsync(account))
            .ReadAsync($"/api/v1/programs/MCI/quarantined-batches?undecided={undecided.ToString().ToLowerInvariant()}");

    public async Task<(HttpStatusCode Status, JsonElement Body)> DisposeAsync(string account, object body) =>
        await (await World.Hub.AsAsync(account)).PostAsync("/api/v1/programs/MCI/quarantined-batches/dispose", body);

    /// <summary>The entries of that kind on the program's timeline, newest first.</summary>
    public async Task<IReadOnlyList<TimelineEntryView>> StoryAsync(string kind, string reader = "owner") =>
        (await World.Hub.Db.ReadAsync(sql =>
            World.Hub.Services.GetRequiredService<TimelineReader>()
                .OfProgramAsync(sql, World.ProgramId, new TimelineQuery([kind], Limit: 250), TestHub.Actor(reader)))).Value.Items;

    public async Task<int> AuditedAsync(string act) => (await World.AuditActsAsync()).Count(a => a == act);

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
