using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Switch.Gate;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.LegalHolds;

/// <summary>An incident that has paused MCI, and batches that are quarantined because of it.</summary>
internal sealed class HoldScene : IAsyncDisposable
{
    private string _permit = null!;

    private HoldScene(GateScene gate) => Gate = gate;

    public GateScene Gate { get; }
    public string Incident { get; private set; } = "";

    public static async Task<HoldScene> StartAsync(bool restricted = false)
    {
        var scene = new HoldScene(await GateScene.StartAsync());
        scene._permit = await scene.Gate.PermitAsync();
        scene.Gate.At(20);
        scene.Incident = await scene.DeclareAsync(restricted, "MCI");
        scene.Gate.At(120);
        return scene;
    }

    public Task<HttpClient> AsAsync(string account) => Gate.World.Hub.AsAsync(account);

    public async Task<string> DeclareAsync(bool restricted, params string[] programs) =>
        (await (await AsAsync("privacy")).MakeAsync("/api/v1/incidents", new
        {
            title = "Transcriptions readable by everyone",
            sev = 2,
            confidentiality = restricted
            ? "Restricted" : "Open",
            programs = programs.Select(p => new { program = p, kind = "Source" }),
        })).Text("code");

    public async Task<(HttpStatusCode Status, JsonElement Body)> PlaceAsync(
        string account, string? reason = "Matter 12: keep all.", string? incident = null) =>
        await (await AsAsync(account)).PostAsync($"/api/v1/incidents/{incident ?? Incident}/legal-holds", new { reason });

    public async Task<Guid> PlacedAsync(string account = "counsel", string? incident = null)
    {
        var (status, body) = await PlaceAsync(account, incident: incident);
        Assert.True(status == HttpStatusCode.Created, $"{status} {body}");
        return body.GetProperty("id").GetGuid();
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> ReleaseAsync(
        Guid hold, string account = "counsel", string? reason = "The matter is closed.", string? incident = null) =>
        await (await AsAsync(account)).PostAsync($"/api/v1/incidents/{incident ?? Incident}/legal-holds/{hold}/release", new { reason });

    /// <summary>A batch collected before the pause and uploaded long after it.</summary>
    public Task<Guid> LateAsync() => Gate.HeldAsync(Gate.Batch(_permit, 500, 10_000), "A", "uploaded_under_pause");

    public Task<(HttpStatusCode Status, JsonElement Body)> DisposeOfAsync(string disposition, Guid batch, string account = "owner") =>
        Gate.DisposeAsync(account, new { disposition, reason = "Nobody needs it.", ids = new[] { batch } });

    /// <summary>Asserts a refusal because of a hold, and returns its text.</summary>
    public static string AssertHeldBack((HttpStatusCode Status, JsonElement Body) answer)
    {
        Assert.True(answer.Status == HttpStatusCode.Conflict, $"{answer.Status} {answer.Body}");
        Assert.Equal("legal_hold", answer.Body.Text("code"));
        return answer.Body.Text("detail");
    }

    public ValueTask DisposeAsync() => Gate.DisposeAsync();
}
