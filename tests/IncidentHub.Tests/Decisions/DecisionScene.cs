using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.Incidents;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Domain.Pauses;

namespace IncidentHub.Tests.Decisions;

/// <summary>A hub with a live program «MCI» that is paused, and a client for each role.</summary>
internal sealed class DecisionScene : IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> _clients = [];

    public TestHub Hub { get; } = new();

    public static async Task<DecisionScene> PausedAsync(Sev sev = Sev.Major)
    {
        var scene = new DecisionScene();
        await scene.OkAsync("owner", "/api/v1/programs", new
        {
            code = "MCI",
            name = "Model Capability Initiative",
            purpose = "Train models",
            owner = "owner",
            deputies = new[] { "deputy" },
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "Keystrokes" },
            participation = "Mandatory",
            lawfulBasis = "Legitimate interest",
        });
        await scene.OkAsync("owner", "/api/v1/programs/MCI/launch", new { });
        await scene.PauseAsync(sev);
        return scene;
    }

    /// <summary>INC-1, and the policy's pause of MCI because of it.</summary>
    private async Task PauseAsync(Sev sev)
    {
        var services = Hub.Services;
        var done = await Hub.Db.WriteAsync<Done>(async tx =>
        {
            var declare = new IncidentCommand.Declare(OrderedId.Next(tx.Now), "INC-1", "Readable by all", sev, 1);
            var incident = IncidentRules.Decide(null, declare, TestHub.Actor("responder"), tx.Now).Value.Next;
            await IncidentStore.InsertAsync(tx, incident, 1, null, null, TestHub.Actor("responder"));
            var program = await services.GetRequiredService<ProgramReader>().FindByCodeAsync(tx, "MCI");
            var cause = new PauseCause(incident.Id, 1, sev, 1);
            await services.GetRequiredService<PauseWriter>()
                .PlaceAsync(tx, program!.Id, cause, "Required by the SEV policy.", Actor.System);
            return default(Done);
        });
        Assert.True(done.IsOk, done.Refusal?.Message);
    }

    /// <summary>The responder closes the exposure.</summary>
    public async Task ContainAsync()
    {
        var contained = await Hub.Services.GetRequiredService<IncidentCommands>()
            .RunAsync("INC-1", new IncidentCommand.Contain(null, "Grants removed"), null, TestHub.Actor("responder"));
        Assert.True(contained.IsOk, contained.Refusal?.Message);
    }

    public async Task<HttpResponseMessage> PostAsync(string account, string path, object body) =>
        await (await ClientAsync(account)).PostAsJsonAsync(path, body);

    public async Task<JsonElement> GetAsync(string account, string path)
    {
        var answer = await (await ClientAsync(account)).GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string account, string path, object body)
    {
        var answer = await PostAsync(account, path, body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Sends a request that must be refused, and returns the problem's code.</summary>
    public async Task<string> RefusedAsync(string account, string path, object body)
    {
        var answer = await PostAsync(account, path, body);
        Assert.InRange((int)answer.StatusCode, 400, 499);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    /// <summary>Contains the incident and meets all criteria, each as a role that may.</summary>
    public async Task AllAnsweredAsync()
    {
        await ContainAsync();
        var decision = await GetAsync("privacy", "/api/v1/decisions/D-1");
        foreach (var criterion in decision.GetProperty("criteria").EnumerateArray())
        {
            await OkAsync("responder-2", $"/api/v1/decisions/D-1/criteria/{criterion.GetProperty("kind").GetString()}/meet",
                new { evidence = "Looked, and it holds." });
        }
    }

    public async Task<HttpClient> ClientAsync(string account) =>
        _clients.TryGetValue(account, out var client) ? client : _clients[account] = await Hub.AsAsync(account);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
