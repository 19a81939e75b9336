using System.Net;
using System.Net.Http.Headers;
using IncidentHub.Platform.Keys;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.ApiKeys;

/// <summary>An address that presents many unknown keys is rate-limited; known keys continue to work.</summary>
public class FailedKeyTests
{
    private static TestHub Hub(int failures) =>
        new() { Settings = new Dictionary<string, string> { ["Keys:FailuresPerAddress"] = $"{failures}" } };

    private static async Task<HttpResponseMessage> EvaluateAsync(TestHub hub, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/ofrep/v1/evaluate/flags/program.NONE.collect")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json")
        };
        request.Headers.Add("X-API-Key", key);
        return await hub.CreateClient().SendAsync(request);
    }

    private static string Guess() => Secrets.Make("ihk_");

    [Fact]
    public async Task After_too_many_unknown_keys_an_address_is_rate_limited_and_its_keys_are_not_looked_up()
    {
        await using var hub = Hub(3);
        for (var n = 0; n < 3; n++) Assert.Equal(HttpStatusCode.Unauthorized, (await EvaluateAsync(hub, Guess())).StatusCode);
        using var refused = await EvaluateAsync(hub, Guess());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.Contains("too_many", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_known_key_continues_to_work_from_the_same_address()
    {
        await using var hub = Hub(2);
        var administrator = await hub.AsAsync("administrator");
        var key = (await administrator.MakeAsync("/api/v1/keys", new { name = "Flags", scopes = new[] { "evaluate" } })).Text("key");
        Assert.Equal(HttpStatusCode.NotFound, (await EvaluateAsync(hub, key)).StatusCode);
        for (var n = 0; n < 2; n++) await EvaluateAsync(hub, Guess());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await EvaluateAsync(hub, Guess())).StatusCode);
        for (var n = 0; n < 5; n++) Assert.Equal(HttpStatusCode.NotFound, (await EvaluateAsync(hub, key)).StatusCode);
        // A signed-in request without a key is not counted.
        await administrator.ReadAsync("/api/v1/keys");
    }

    [Fact]
    public async Task A_valid_key_that_this_process_has_not_seen_yet_works_at_once()
    {
        await using var hub = Hub(2);
        var administrator = await hub.AsAsync("administrator");
        async Task<string> MakeAsync() =>
            (await administrator.MakeAsync("/api/v1/keys", new { name = "Flags", scopes = new[] { "evaluate" } })).Text("key");
        var (before, rotated) = (await MakeAsync(), await MakeAsync());
        for (var n = 0; n < 2; n++) await EvaluateAsync(hub, Guess());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await EvaluateAsync(hub, Guess())).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await EvaluateAsync(hub, before)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await EvaluateAsync(hub, rotated)).StatusCode);
        // One that is made meanwhile, perhaps by another process, works within a second.
        var after = await MakeAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await EvaluateAsync(hub, after)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await EvaluateAsync(hub, Guess())).StatusCode);
    }

    [Fact]
    public async Task Every_way_to_present_a_secret_is_counted_also_for_collectors()
    {
        await using var hub = Hub(3);
        Assert.Equal(HttpStatusCode.Unauthorized, await BearerAsync(hub, Guess(), HttpMethod.Get, "/api/v1/programs"));
        Assert.Equal(HttpStatusCode.Unauthorized, await BearerAsync(hub, Guess(), HttpMethod.Get, "/api/v1/gate/dispositions"));
        Assert.Equal(HttpStatusCode.Unauthorized, await BearerAsync(
            hub, Secrets.Make("ihc_"), HttpMethod.Post, "/api/v1/collectors/permits:renew"));
        foreach (var (method, path) in ((HttpMethod, string)[])[
            (HttpMethod.Get, "/api/v1/programs"), (HttpMethod.Get, "/api/v1/gate/dispositions"),
            (HttpMethod.Post, "/api/v1/collectors/permits:renew")])
            Assert.Equal(HttpStatusCode.TooManyRequests, await BearerAsync(hub, Guess(), method, path));
    }

    [Fact]
    public async Task A_known_collector_renews_while_another_client_of_its_address_guesses_keys()
    {
        await using var world = await SwitchWorld.StartAsync();
        var collector = await world.CollectorAsync();
        await collector.AskAsync();
        // Longer than the collector is cached.
        world.Hub.Clock.Advance(TimeSpan.FromHours(1));
        for (var n = 0; await BearerAsync(world.Hub, Secrets.Make("ihc_"), HttpMethod.Post,
            "/api/v1/collectors/permits:renew") != HttpStatusCode.TooManyRequests; n++) Assert.True(
                n < 2_000, "Nobody is kept from guessing.");
        Assert.NotNull((await collector.AskAsync()).Permit);
    }

    private static async Task<HttpStatusCode> BearerAsync(TestHub hub, string secret, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (method == HttpMethod.Post) request.Content = new StringContent("""{"nonce":"12345678","programs":[{"code":"X","epochSeen":0,"lastSequence":0}]}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await hub.CreateClient().SendAsync(request);
        return answer.StatusCode;
    }
}
