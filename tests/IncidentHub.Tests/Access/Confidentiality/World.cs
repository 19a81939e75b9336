using System.Net.Http.Headers;
using System.Text.Json;
using IncidentHub.Access.Identity;
using IncidentHub.Decisions;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Platform.Jobs;
using IncidentHub.Platform.Keys;
using IncidentHub.Switch.Gate;
using IncidentHub.Switch.Pauses;
using IncidentHub.Switch.Protocol;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>A hub in which a story happens, minute by minute; of two worlds with the same story one also has a secret.</summary>
internal sealed class World : ICollectorHub, IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> _clients = [];

    public TestHub Hub { get; } = new();

    public TestCollector Collector { get; private set; } = null!;

    /// <summary>Values that a step keeps for a later one.</summary>
    public Dictionary<string, string> Kept { get; } = [];

    /// <summary>Notifications of pages whose readers may not see the secret.</summary>
    public List<string> Pushed { get; } = [];

    /// <summary>What random steps did, for a failing test.</summary>
    public List<string> Log { get; } = [];

    public string Code => "MCI";

    public DateTimeOffset Now => Hub.Clock.Now;

    /// <param name="secret">The steps that happen in this world only: the index of the open step that they follow, and the step.</param>
    public static async Task<World> RunAsync(
        IReadOnlyList<Func<World, Task>> open, IReadOnlyList<(int After, Func<World, Task> Step)> secret)
    {
        var world = new World();
        world.Collector = new(world);
        // In the same order in both worlds: an administrator is shown who signed in last, and when.
        foreach (var person in DemoAccounts.All) await world.AsAsync(person.Account);
        for (var n = 0; n < open.Count; n++)
        {
            await open[n](world);
            await world.Hub.CountedAsync();
            foreach (var (_, step) in secret.Where(s => s.After == n))
            {
                await PageWatch.DuringAsync(world, async () =>
                {
                    await step(world);
                    await world.Hub.CountedAsync();
                });
            }
            await world.LaterAsync();
        }
        await world.Hub.Services.GetRequiredService<DashboardRollupJob>().RunAsync(CancellationToken.None);
        return world;
    }

    public async Task<HttpClient> AsAsync(string account) =>
        _clients.TryGetValue(account, out var client) ? client : _clients[account] = await Hub.AsAsync(account);

    public async Task<JsonElement> MakeAsync(string account, string path, object? body = null) =>
        await (await AsAsync(account)).MakeAsync($"/api/v1/{path}", body);

    public async Task<JsonElement> ReadAsync(string account, string path) => await (await AsAsync(account)).ReadAsync($"/api/v1/{path}");

    /// <summary>Tries an act that may be refused; the answer, if it was not.</summary>
    public async Task<JsonElement?> TryAsync(string account, HttpMethod method, string path, object body)
    {
        var (status, answer) = await (await AsAsync(account)).SendAsync(method, $"/api/v1/{path}", body);
        Log.Add($"{account}: {method} {path} {JsonSerializer.Serialize(body)}: {(int)status}");
        return (int)status < 300 ? answer : null;
    }

    /// <summary>A machine with this secret, by which later steps call it.</summary>
    public void Machine(string name, string secret)
    {
        var client = Hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        _clients[name] = client;
    }

    public HttpClient CreateClient() => Hub.CreateClient();

    public JsonElement? Verify(string token, string type) =>
        new HubTokens(Hub.Services.GetRequiredService<SigningKeys>(), "").Verify(token, type);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private async Task LaterAsync()
    {
        Hub.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var tick in (ITick[])[Tick<PauseTick>(), Tick<StageTick>(), Tick<DrillTick>(), Tick<DecisionTick>()])
            await tick.RunAsync(CancellationToken.None);
        await Hub.CountedAsync();
    }

    private T Tick<T>() where T : ITick => (T)ActivatorUtilities.GetServiceOrCreateInstance(Hub.Services, typeof(T));
}
