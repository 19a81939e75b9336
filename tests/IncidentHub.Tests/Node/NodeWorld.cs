using System.Net.Http.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Node;

/// <summary>A real hub with one live program, for third-party clients.</summary>
internal sealed class NodeWorld(HubProcess hub, HttpClient owner) : IAsyncDisposable
{
    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(5);

    public HubProcess Hub => hub;
    public HttpClient Owner => owner;

    public static async Task<NodeWorld> StartAsync(params IReadOnlyList<(string Name, string Value)> settings)
    {
        var hub = await HubProcess.StartAsync(settings: settings);
        var world = new NodeWorld(hub, await AsAsync(hub, "owner"));
        await world.Owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI",
            name = "Model Capability Initiative",
            purpose = "Teach models how work is done.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US", "DE" },
            categories = new[] { "keystrokes", "clicks" },
            lawfulBasis = "Legitimate interest",
            ttlSeconds = (int)Ttl.TotalSeconds,
            gracePeriodSeconds = 1,
            renewalSeconds = 1,
        });
        await world.Owner.MakeAsync("/api/v1/programs/MCI/launch");
        return world;
    }

    public Task<HttpClient> AsAsync(string account) => AsAsync(hub, account);

    public async Task<string> KeyAsync(string scope) =>
        (await Owner.MakeAsync("/api/v1/keys", new
        {
            name = $"For {scope}",
            scopes = new[] { scope },
            programs = new[] { "MCI" },
            region = scope == "enrol" ? "US" : null
        })).Text("key");

    private static async Task<HttpClient> AsAsync(HubProcess hub, string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await hub.DisposeAsync();
    }
}
