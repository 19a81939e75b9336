using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;

namespace IncidentHub.Tests.Switch.ApiKeys;

/// <summary>Rotation, networks, rate limits and how many collectors a key may enrol.</summary>
public class KeyLimitTests
{
    private const string Programs = "/api/v1/programs";

    [Fact]
    public async Task The_new_secret_works_at_once_and_the_old_one_until_its_time()
    {
        await using var hub = new TestHub();
        var owner = await hub.AsAsync("owner");
        var made = await MakeAsync(owner, new { name = "Nightly export", scopes = new[] { "read" } });
        Assert.Equal(HttpStatusCode.OK, await GetAsync(hub, made.Key));
        var rotated = await owner.MakeAsync($"/api/v1/keys/{made.Id}/rotate", new { overlapHours = 2 });
        var next = rotated.Text("key");
        Assert.NotEqual(made.Key, next);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await GetAsync(hub, made.Key), await GetAsync(hub, next)));
        hub.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await GetAsync(hub, made.Key), await GetAsync(hub, next)));

        // Without an overlap, and a second rotation ends what the first left valid.
        var third = (await owner.MakeAsync($"/api/v1/keys/{made.Id}/rotate", new { overlapHours = 168, validDays = 60 })).Text("key");
        var fourth = (await owner.MakeAsync($"/api/v1/keys/{made.Id}/rotate", new { overlapHours = 0 })).Text("key");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK),
            (await GetAsync(hub, next), await GetAsync(hub, third), await GetAsync(hub, fourth)));
        var row = (await owner.ReadAsync("/api/v1/keys")).GetProperty("items")[0];
        Assert.Equal(hub.Clock.GetUtcNow().AddDays(60), row.GetProperty("expiresAt").GetDateTimeOffset());
        await owner.PostAsync($"/api/v1/keys/{made.Id}/revoke", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(hub, fourth));
        ApiCalls.AssertProblem(await owner.PostAsync($"/api/v1/keys/{made.Id}/rotate", new { }), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_rotation_is_refused_at_its_field_and_to_whoever_may_not_make_such_a_key()
    {
        await using var hub = new TestHub();
        var (owner, administrator) = (await hub.AsAsync("owner"), await hub.AsAsync("administrator"));
        var made = await MakeAsync(owner, new { name = "Mine", scopes = new[] { "read" } });
        var path = $"/api/v1/keys/{made.Id}/rotate";
        ApiCalls.AssertProblem(await owner.PostAsync(path, new { overlapHours = 169 }), HttpStatusCode.BadRequest, "overlapHours");
        ApiCalls.AssertProblem(await owner.PostAsync(path, new { overlapHours = -1 }), HttpStatusCode.BadRequest, "overlapHours");
        ApiCalls.AssertProblem(await owner.PostAsync(path, new { validDays = 367 }), HttpStatusCode.BadRequest, "validDays");
        // An administrator may end it, and must not get a secret that acts as its owner.
        ApiCalls.AssertProblem(await administrator.PostAsync(path, new { }), HttpStatusCode.NotFound);
        ApiCalls.AssertProblem(await (await hub.AsAsync("responder")).PostAsync(path, new { }), HttpStatusCode.NotFound);
        ApiCalls.AssertProblem(await (await hub.AsAsync("employee")).PostAsync(path, new { }), HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("2001:db8::5", true)]
    [InlineData("10.2.2.3", false)]
    [InlineData("2001:db9::5", false)]
    [InlineData(null, false)]
    public async Task A_key_that_is_bound_to_networks_is_unknown_from_elsewhere(string? from, bool works)
    {
        await using var hub = new TestHub();
        var owner = await hub.AsAsync("owner");
        var made = await MakeAsync(owner, new
        {
            name = "Office",
            scopes = new[] { "read" },
            networks = new[] { "10.1.0.0/16",
            "2001:db8::/32" }
        });
        var answer = await hub.Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
            (http.Request.Method, http.Request.Path, http.Request.Headers["X-API-Key"]) = ("GET", Programs, made.Key);
        });
        Assert.Equal(works ? 200 : 401, answer.Response.StatusCode);
        // A use that was refused is none.
        var used = (await owner.ReadAsync("/api/v1/keys")).GetProperty("items")[0].GetProperty("lastUsedAt");
        Assert.Equal(works ? JsonValueKind.String : JsonValueKind.Null, used.ValueKind);
    }

    [Fact]
    public async Task Networks_that_are_none_are_refused_at_their_field()
    {
        await using var hub = new TestHub();
        var owner = await hub.AsAsync("owner");
        foreach (var networks in (string[][])[["10.1.2.3/16"], ["office"], [""], [], [.. Enumerable.Range(0, 21).Select(i =>
            $"10.{i}.0.0/16")]])
        {
            ApiCalls.AssertProblem(await owner.PostAsync("/api/v1/keys", new { name = "Office", scopes = new[] { "read" }, networks }),
                HttpStatusCode.BadRequest, "networks");
        }
    }

    [Fact]
    public async Task Each_key_has_a_limit_of_its_own_and_is_told_what_is_left()
    {
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Keys:RequestsPerMinute"] = "3" } };
        var owner = await hub.AsAsync("owner");
        var one = await MakeAsync(owner, new { name = "One", scopes = new[] { "read" } });
        var two = await MakeAsync(owner, new { name = "Two", scopes = new[] { "read" } });
        foreach (var (left, full) in ((int, int)[])[(2, 20), (1, 40), (0, 60)])
        {
            using var answer = await SendAsync(hub, one.Key);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("\"key\";q=3;w=60", answer.Headers.GetValues("RateLimit-Policy").Single());
            Assert.Equal($"\"key\";r={left};t={full}", answer.Headers.GetValues("RateLimit").Single());
        }
        using var refused = await SendAsync(hub, one.Key);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(20), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("\"key\";r=0;t=60", refused.Headers.GetValues("RateLimit").Single());
        Assert.Equal(HttpStatusCode.OK, await GetAsync(hub, two.Key));
        hub.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (await GetAsync(hub, one.Key), await GetAsync(hub, one.Key)));
        // A person at a screen has no key.
        using var person = await owner.GetAsync(Programs);
        Assert.False(person.Headers.Contains("RateLimit"));
    }

    [Fact]
    public async Task The_last_use_is_written_at_most_once_a_minute()
    {
        await using var hub = new TestHub();
        var owner = await hub.AsAsync("owner");
        var made = await MakeAsync(owner, new { name = "Export", scopes = new[] { "read" } });
        var first = hub.Clock.GetUtcNow();
        for (var i = 0; i < 6; i++)
        {
            await GetAsync(hub, made.Key);
            Assert.Equal(first, await UsedAsync());
            hub.Clock.Advance(TimeSpan.FromSeconds(9));
        }
        hub.Clock.Advance(TimeSpan.FromSeconds(6));
        await GetAsync(hub, made.Key);
        Assert.Equal(hub.Clock.GetUtcNow(), await UsedAsync());

        async Task<DateTimeOffset> UsedAsync() =>
            (await owner.ReadAsync("/api/v1/keys")).GetProperty("items")[0].GetProperty("lastUsedAt").GetDateTimeOffset();
    }

    [Fact]
    public async Task A_key_enrols_as_many_collectors_as_it_allows_and_a_known_one_again()
    {
        await using var world = await SwitchWorld.StartAsync();
        var made = await MakeAsync(world.Owner,
            new { name = "Two", scopes = new[] { "enrol" }, programs = new[] { "MCI" }, maxCollectors = 2 });
        var (first, second, third) = (new TestCollector(world), new TestCollector(world), new TestCollector(world));
        await first.RegisterAsync(made.Key);
        await second.RegisterAsync(made.Key);
        await first.RegisterAsync(made.Key);
        ApiCalls.AssertProblem(await third.TryRegisterAsync(made.Key), HttpStatusCode.Conflict);
        var row = (await world.Owner.ReadAsync("/api/v1/keys?program=MCI")).GetProperty("items").EnumerateArray()
            .Single(k => k.Text("name") == "Two");
        Assert.Equal((2, 2), (row.GetProperty("maxCollectors").GetInt32(), row.GetProperty("enrolled").GetInt32()));
        ApiCalls.AssertProblem(await world.Owner.PostAsync("/api/v1/keys",
            new { name = "Gate", scopes = new[] { "gate" }, programs = new[] { "MCI" }, maxCollectors = 2 }),
            HttpStatusCode.BadRequest, "maxCollectors");
    }

    private static async Task<(string Id, string Key)> MakeAsync(HttpClient client, object body)
    {
        var made = await client.MakeAsync("/api/v1/keys", body);
        return (made.Text("id"), made.Text("key"));
    }

    private static async Task<HttpStatusCode> GetAsync(TestHub hub, string key)
    {
        using var answer = await SendAsync(hub, key);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(TestHub hub, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Programs);
        request.Headers.Add("X-API-Key", key);
        return hub.CreateClient().SendAsync(request);
    }
}
