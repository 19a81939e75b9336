using System.Diagnostics;
using System.Net.Http.Json;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>A fresh hub with the program MCI of the story, and people who come to it, each in a browser of their own.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Chromium _chromium = new();

    internal Chromium Chromium => _chromium;
    private readonly List<Visitor> _people = [];
    private readonly List<string> _complaints = [];
    private AgentProcess? _agent;

    public HubProcess Hub { get; private set; } = null!;

    /// <summary>How long pages took to show what others did.</summary>
    internal List<(string What, TimeSpan Took)> Seen { get; } = [];

    internal AgentProcess Agent => _agent ?? throw new InvalidOperationException("The agent has not been started.");

    public async ValueTask InitializeAsync()
    {
        Hub = await HubProcess.StartAsync();
        await _chromium.InitializeAsync();
        using var owner = await CallAsync("owner");
        await owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI",
            name = "Model Capability Initiative",
            purpose = "Teach models how work is done.",
            owner = "owner",
            deputies = new[] { "deputy" },
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "keystrokes", "clicks", "mouse-movements" },
            lawfulBasis = "Legitimate interest",
            participation = "Mandatory",
            ttlSeconds = 5,
            gracePeriodSeconds = 1,
            renewalSeconds = 1,
        });
        await owner.MakeAsync("/api/v1/programs/MCI/launch");
        await owner.MakeAsync("/api/v1/programs/MCI/safeguards", new { text = "Access locked down", source = "Launch memo" });
        foreach (var (name, records) in ((string, int)[])[("private-conversations", 12_400_000), ("transcriptions", 640_000)])
        {
            await owner.MakeAsync("/api/v1/datasets", new
            {
                name,
                owner = "owner",
                encryptionAtRest = "No",
                records,
                promisedAudience = new { scope = "NamedGroup", name = "research group" },
                actualAudience = new { scope = "WholeCompany" },
            });
            (await owner.PutAsync($"/api/v1/datasets/{name}/programs/MCI", null)).EnsureSuccessStatusCode();
        }
    }

    /// <summary>A person at a browser.</summary>
    public Task<Visitor> AsAsync(string account, int width = 1440) => ComeAsync(account, width);

    /// <summary>Somebody who has not signed in yet.</summary>
    public Task<Visitor> StrangerAsync(int width = 1440) => ComeAsync(null, width);

    private async Task<Visitor> ComeAsync(string? account, int width)
    {
        var visitor = await Visitor.ComeAsync(_chromium, Hub.Url, account, width);
        _people.Add(visitor);
        return visitor;
    }

    /// <summary>The same person over HTTP, for what the tests set up.</summary>
    public async Task<HttpClient> CallAsync(string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(Hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }

    internal void StartAgent(string key) => _agent = AgentProcess.Start(Hub.Url, key);

    /// <summary>
    /// A page shows what somebody else did within the limit for live pages, without being loaded again. Remembers how long it took.
    /// </summary>
    internal async Task SoonAsync(string what, ILocator there)
    {
        var started = Stopwatch.GetTimestamp();
        await Assertions.Expect(there).ToBeVisibleAsync(new() { Timeout = Live.Limit });
        Seen.Add((what, Stopwatch.GetElapsedTime(started)));
    }

    /// <summary>
    /// Does it, and sees everybody off. Where it fails, what the hub logged is told, and a picture taken of every open page.
    /// </summary>
    internal async Task PlayAsync(Func<Task> act, ITestOutputHelper output)
    {
        try
        {
            await act();
        }
        catch
        {
            for (var i = 0; i < _people.Count; i++) await _people[i].LookAsync($"failed-{i}-{_people[i].Account}");
            foreach (var line in Hub.Log) output.WriteLine(line);
            throw;
        }
        finally
        {
            await LeaveAsync();
        }
    }

    private async Task LeaveAsync()
    {
        foreach (var person in _people)
        {
            _complaints.AddRange(person.Complaints);
            await person.DisposeAsync();
        }
        _people.Clear();
    }

    /// <summary>What any browser complained about.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null) await _agent.DisposeAsync();
        await LeaveAsync();
        await _chromium.DisposeAsync();
        await Hub.DisposeAsync();
    }
}

/// <summary>How soon an open page must show what somebody else did.</summary>
internal static class Live
{
    /// <summary>
    /// Milliseconds from the moment that the act was acknowledged: a second; two where hub, agent and three browsers share two cores.
    /// </summary>
    public static readonly float Limit = Environment.ProcessorCount > 2 ? 1000 : 2000;
}

/// <summary>These measure time: they run alone.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Alone, too, with one stage for all of them.</summary>
[CollectionDefinition(nameof(StageCollection), DisableParallelization = true)]
public sealed class StageCollection : ICollectionFixture<Stage>;
