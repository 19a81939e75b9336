using System.Diagnostics;
using System.Net.Http.Json;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>A new hub with the program MCI of the story, and people, each in their own browser.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Chromium _chromium = new();

    internal Chromium Chromium => _chromium;
    private readonly List<Visitor> _people = [];
    private readonly List<string> _complaints = [];
    private AgentProcess? _agent;

    public HubProcess Hub { get; private set; } = null!;

    /// <summary>How long pages took to show changes by others.</summary>
    internal List<(string What, TimeSpan Took)> Seen { get; } = [];

    internal AgentProcess Agent => _agent ?? throw new InvalidOperationException("The agent has not been started.");

    public async ValueTask InitializeAsync()
    {
        Hub = await HubProcess.StartAsync(settings: HubProcess.WithProvider);
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

    /// <summary>A browser session of an account.</summary>
    public Task<Visitor> AsAsync(string account, int width = 1440) => VisitAsync(account, width);

    /// <summary>A browser session that is not signed in.</summary>
    public Task<Visitor> AnonymousAsync(int width = 1440) => VisitAsync(null, width);

    private async Task<Visitor> VisitAsync(string? account, int width)
    {
        var visitor = await Visitor.VisitAsync(_chromium, Hub.Url, account, width);
        _people.Add(visitor);
        return visitor;
    }

    /// <summary>The same account over HTTP, for test set-up.</summary>
    public async Task<HttpClient> CallAsync(string account)
    {
        var client = new HttpClient { BaseAddress = new Uri(Hub.Url) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return client;
    }

    internal void StartAgent(string key) => _agent = AgentProcess.Start(Hub.Url, key);

    /// <summary>
    /// Asserts that a page shows another person's change within the limit for live pages, without a reload. Records the time.
    /// </summary>
    internal async Task WaitAsync(string what, ILocator there)
    {
        var started = Stopwatch.GetTimestamp();
        await Assertions.Expect(there).ToBeVisibleAsync(new() { Timeout = Live.Limit });
        Seen.Add((what, Stopwatch.GetElapsedTime(started)));
    }

    /// <summary>
    /// Runs the test and closes all browsers. On failure, adds the hub's log and what every open page shows.
    /// </summary>
    internal async Task PlayAsync(Func<Task> act, ITestOutputHelper output)
    {
        try
        {
            await act();
        }
        catch
        {
            for (var i = 0; i < _people.Count; i++)
            {
                var (who, page) = (_people[i].Account, _people[i].Page);
                await _people[i].LookAsync($"failed-{i}-{who}");
                output.WriteLine($"{who} at {page.Url}\n{await page.Locator("body").AriaSnapshotAsync()}");
            }
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

    /// <summary>The errors of all browsers.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null) await _agent.DisposeAsync();
        await LeaveAsync();
        await _chromium.DisposeAsync();
        await Hub.DisposeAsync();
    }
}

/// <summary>How soon an open page must show a change by another person.</summary>
internal static class Live
{
    /// <summary>
    /// Milliseconds from the acknowledgement of the act: one second. Where hub, agent and three browsers share two cores, only that it
    /// comes without a reload; the time is in the output.
    /// </summary>
    public static readonly float Limit = Environment.ProcessorCount > 2 ? 1000 : 15_000;
}

/// <summary>These tests measure time, so they run alone.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>These also run alone, with one shared stage.</summary>
[CollectionDefinition(nameof(StageCollection), DisableParallelization = true)]
public sealed class StageCollection : ICollectionFixture<Stage>;
