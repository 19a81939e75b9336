using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Browser.Tests.Support;
using IncidentHub.Tests.Collector;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Story;

/// <summary>
/// The real hub and the sample agent, and people who act over HTTP. Every request has an Idempotency-Key, so that it can be
/// repeated if its response was lost. At planned acts the hub is killed while it executes them.
/// </summary>
internal sealed class StoryWorld : IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> _people = [];
    private readonly Dictionary<int, TimeSpan> _kills;
    private readonly List<(long Sequence, string Hash)> _acknowledged = [];
    private AgentProcess? _agent;

    private StoryWorld(HubProcess hub, Dictionary<int, TimeSpan> kills) => (Hub, _kills) = (hub, kills);

    public HubProcess Hub { get; }

    public AgentProcess Agent => _agent ?? throw new InvalidOperationException("The agent has not been started.");

    public int Acts { get; private set; }

    public int Killed { get; private set; }

    /// <summary>Whether the hub is killed during the story: time limits are longer then.</summary>
    public bool IsRough => _kills.Count > 0;

    /// <param name="kills">The acts, counted from 1, at which the hub is killed, and the delay after the act was sent.</param>
    public static async Task<StoryWorld> StartAsync(Dictionary<int, TimeSpan>? kills = null) =>
        new(await HubProcess.StartAsync(), kills ?? []);

    public void StartAgent(string key) => _agent = AgentProcess.Start(Hub.Url, key);

    public async Task<HttpClient> AsAsync(string account)
    {
        if (_people.TryGetValue(account, out var known)) return known;
        var client = new HttpClient { BaseAddress = new Uri(Hub.Url), Timeout = TimeSpan.FromSeconds(60) };
        (await client.PostAsJsonAsync("/api/v1/session", new { account })).EnsureSuccessStatusCode();
        return _people[account] = client;
    }

    public async Task<JsonElement> ReadAsync(string account, string path) => await (await AsAsync(account)).ReadAsync(path);

    /// <summary>
    /// Sends a request that must succeed, also across kills. Returns the response; undefined if the act was executed but its response was
    /// lost in a kill.
    /// </summary>
    public async Task<JsonElement> ActAsync(string account, string path, object? body = null)
    {
        var (status, answer) = await SendAsync(account, path, body);
        if (status == HttpStatusCode.Conflict && IsProcessed(answer)) return default;
        Assert.True((int)status is >= 200 and < 300, $"{account} {path}: {status} {answer}");
        return answer;
    }

    /// <summary>Sends a request that must be refused with this code.</summary>
    public async Task RefusedAsync(string account, string path, object? body, string code)
    {
        var (status, answer) = await SendAsync(account, path, body);
        Assert.InRange((int)status, 400, 499);
        Assert.Equal(code, answer.Text("code"));
    }

    /// <summary>Waits for a condition that the hub fulfils without a request.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(90)) throw new TimeoutException($"Not observed in time: {what}.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_agent is not null) await _agent.DisposeAsync();
        foreach (var client in _people.Values) client.Dispose();
        await Hub.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string account, string path, object? body)
    {
        var client = await AsAsync(account);
        var key = $"story-{++Acts}";
        if (!_kills.TryGetValue(Acts, out var after)) return await RememberAsync(await OnceAsync(client, path, body, key));

        var sent = OnceAsync(client, path, body, key);
        await Task.Delay(after);
        await Hub.KillAsync();
        Killed++;
        (HttpStatusCode, JsonElement)? heard = null;
        try
        {
            heard = await sent;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Not acknowledged: it may or may not have been executed.
        }
        await Hub.StartAgainAsync();
        await NothingLostAsync();
        // The same key: an executed request is not executed again.
        var again = await OnceAsync(client, path, body, key);
        if (heard is { } acknowledged && (int)acknowledged.Item1 < 300)
        {
            var told = (int)again.Item1 < 300
                ? again.Item2.ToString() == acknowledged.Item2.ToString()
                : IsProcessed(again.Item2);
            Assert.True(
                told, $"{path} was acknowledged before the kill, and is answered differently after it: {again.Item1} {again.Item2}");
            return await RememberAsync(acknowledged);
        }
        return await RememberAsync(again);
    }

    // Whether the answer held a secret or not: it was executed, and its answer cannot be had again.
    private static bool IsProcessed(JsonElement answer) =>
        answer.Text("code") is "idempotency_result_lost" or "idempotency_result_secret";

    private static async Task<(HttpStatusCode, JsonElement)> OnceAsync(HttpClient client, string path, object? body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode < 500, $"{path}: {(int)answer.StatusCode} {text}");
        return (answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    // Every act writes its audit record in its own transaction: the record must be present after a kill.
    private async Task<(HttpStatusCode Status, JsonElement Body)> RememberAsync((HttpStatusCode Status, JsonElement Body) answer)
    {
        var last = (await ReadAsync("auditor", "/api/v1/audit?limit=1")).GetProperty("items").EnumerateArray().FirstOrDefault();
        if (last.ValueKind == JsonValueKind.Object) _acknowledged.Add((last.GetProperty("sequence").GetInt64(), last.Text("hash")));
        return answer;
    }

    private async Task NothingLostAsync()
    {
        var verdict = await ReadAsync("auditor", "/api/v1/audit/verification");
        Assert.True(verdict.GetProperty("ok").GetBoolean(), $"After kill {Killed}: {verdict}");
        var kept = new Dictionary<long, string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await ReadAsync("auditor", $"/api/v1/audit?limit=250&cursor={cursor}");
            foreach (var row in page.GetProperty("items").EnumerateArray()) kept[row.GetProperty("sequence").GetInt64()] = row.Text("hash");
            cursor = page.GetProperty("nextCursor").GetString();
        }
        Assert.All(_acknowledged, a => Assert.Equal(a.Hash, kept.GetValueOrDefault(a.Sequence)));
    }
}
