using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>A hub with a live program (MCI), a second one (TYP), a dataset and a responder.</summary>
internal sealed class IncidentScene : IAsyncDisposable
{
    public TestHub Hub { get; private init; } = null!;

    public HttpClient Responder { get; private set; } = null!;

    public static async Task<IncidentScene> CreateAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var scene = new IncidentScene { Hub = settings is null ? new() : new() { Settings = settings } };
        var owner = await scene.Hub.AsAsync("owner");
        foreach (var code in new[] { "MCI", "TYP" })
        {
            await owner.MakeAsync("/api/v1/programs", ProgramApiTests.Program(code));
            await owner.MakeAsync($"/api/v1/programs/{code}/launch", new { });
        }
        scene.Responder = await scene.Hub.AsAsync("responder");
        await scene.Responder.MakeAsync("/api/v1/datasets", new
        {
            name = "transcriptions",
            owner = "owner",
            classification = "Confidential",
            categories = new[] { "transcriptions" },
            encryptionAtRest = "No",
            promisedAudience = new { scope = "NamedGroup", name = "research group" },
            actualAudience = new { scope = "WholeCompany" },
            records = 12_400_000,
            subjects = 38_200,
        });
        return scene;
    }

    /// <summary>Declares an incident with the required fields only, and returns its code.</summary>
    public async Task<string> DeclareAsync(int sev = 2, string program = "MCI",
        string title = "Employee data readable by the whole company")
    {
        var made = await Responder.MakeAsync("/api/v1/incidents", new { title, sev, programs = new[] { new { program } } });
        await Hub.CountedAsync();
        return made.Text("code");
    }

    public Task<JsonElement> ReadAsync(string code) => Responder.ReadAsync($"/api/v1/incidents/{code}");

    public Task<JsonElement> ActAsync(string code, string act, object body) => Responder.MakeAsync($"/api/v1/incidents/{code}/{act}", body);

    public Task<(HttpStatusCode Status, JsonElement Body)> TryAsync(string code, string act, object body) =>
        Responder.PostAsync($"/api/v1/incidents/{code}/{act}", body);

    /// <summary>
    /// Titles of the timeline, the oldest first, without the proof of a stop: it has its own transaction, and with the clock stopped
    /// its position among the others is undefined.
    /// </summary>
    public async Task<string[]> TimelineAsync(string code) =>
        [.. (await Responder.ReadAsync($"/api/v1/incidents/{code}/timeline?limit=250")).GetProperty("items").EnumerateArray()
            .Select(e => e.Text("title"))
            .Where(t => !t.EndsWith(": collection stopped, proven", StringComparison.Ordinal)).Reverse()];

    public void Later(double minutes) => Hub.Clock.Advance(TimeSpan.FromMinutes(minutes));

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>One scene for the tests of a class that change nothing.</summary>
public sealed class SharedIncidentScene : IAsyncLifetime
{
    internal IncidentScene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scene = await IncidentScene.CreateAsync();

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
