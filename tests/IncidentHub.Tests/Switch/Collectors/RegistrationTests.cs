using System.Net;
using System.Security.Cryptography;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.Collectors;

public sealed class RegistrationTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_same_public_key_is_the_same_collector_with_a_new_secret()
    {
        var key = await _world.EnrolmentKeyAsync();
        var collector = new TestCollector(_world);
        await collector.RegisterAsync(key);
        var (id, old) = (collector.Id, collector.Secret);
        await collector.RegisterAsync(key);
        Assert.Equal(id, collector.Id);
        Assert.NotEqual(old, collector.Secret);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await collector.CallAsync("permits:renew", old,
            new { nonce = "12345678", programs = new[] { new { code = "MCI", epochSeen = 0, lastSequence = 0 } } })).Status);
        Assert.Equal(HttpStatusCode.OK, (await collector.RenewAsync()).Status);
    }

    [Fact]
    public async Task A_collector_that_does_not_hold_its_private_key_is_refused()
    {
        var key = await _world.EnrolmentKeyAsync();
        var thief = new TestCollector(_world);
        var victim = new TestCollector(_world);
        AssertProblem(await thief.TryRegisterAsync(key, publicKey: victim.PublicKey), HttpStatusCode.BadRequest, "proof");
        AssertProblem(await thief.TryRegisterAsync(key, proof: _ => "not.a.token"), HttpStatusCode.BadRequest, "proof");
        AssertProblem(await thief.TryRegisterAsync(key, proof: c => thief.Proof(c + "x")), HttpStatusCode.BadRequest, "proof");
    }

    [Fact]
    public async Task A_proof_over_an_old_challenge_or_the_challenge_of_another_key_is_refused()
    {
        var (first, second) = (await _world.EnrolmentKeyAsync(), await _world.EnrolmentKeyAsync());
        var collector = new TestCollector(_world);
        var foreign = (await collector.CallAsync("challenge", second, null)).Body.Text("challenge");
        AssertProblem(await collector.TryRegisterAsync(first, proof: _ => collector.Proof(foreign)), HttpStatusCode.BadRequest, "proof");
        AssertProblem(await collector.TryRegisterAsync(first, proof: c =>
            { _world.Hub.Clock.Advance(TimeSpan.FromMinutes(3)); return collector.Proof(c); }), HttpStatusCode.BadRequest, "proof");
    }

    [Fact]
    public async Task An_expired_or_revoked_enrolment_key_registers_no_collector_and_registered_ones_stay()
    {
        var made = await _world.Owner.MakeAsync("/api/v1/keys",
            new { name = "Workstations", scopes = new[] { "enrol" }, programs = new[] { "MCI" }, validDays = 1 });
        var collector = new TestCollector(_world);
        await collector.RegisterAsync(made.Text("key"));
        _world.Hub.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await new TestCollector(_world).TryRegisterAsync(made.Text("key"))).Status);

        var owner = await _world.Hub.AsAsync("owner");
        var other = await owner.MakeAsync("/api/v1/keys", new { name = "Laptops", scopes = new[] { "enrol" }, programs = new[] { "MCI" } });
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"/api/v1/keys/{other.Text("id")}/revoke", new { })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await new TestCollector(_world).TryRegisterAsync(other.Text("key"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await collector.RenewAsync()).Status);
    }

    [Fact]
    public async Task An_enrolment_key_cannot_renew_and_a_secret_cannot_register()
    {
        var key = await _world.EnrolmentKeyAsync();
        var collector = new TestCollector(_world);
        await collector.RegisterAsync(key);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await collector.CallAsync("permits:renew", key, new { nonce = "12345678", programs = Array.Empty<object>() })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await collector.CallAsync("challenge", collector.Secret, null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await collector.CallAsync("stops", null, new { ack = "x" })).Status);
    }

    [Fact]
    public async Task Only_the_owner_a_deputy_or_an_administrator_creates_enrolment_keys()
    {
        var body = new { name = "Workstations", scopes = new[] { "enrol" }, programs = new[] { "MCI" } };
        foreach (var allowed in new[] { "owner", "deputy", "administrator" })
            await (await _world.Hub.AsAsync(allowed)).MakeAsync("/api/v1/keys", body);
        foreach (var denied in new[] { "responder", "privacy", "owner-2", "auditor" })
            AssertProblem(await (await _world.Hub.AsAsync(denied)).PostAsync("/api/v1/keys", body), HttpStatusCode.Forbidden);
        AssertProblem(await (await _world.Hub.AsAsync("employee")).PostAsync("/api/v1/keys", body), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Collectors_are_listed_for_the_owners_operators_only_and_never_with_their_secrets()
    {
        var collector = await _world.CollectorAsync("US");
        await collector.AskAsync();
        var list = await _world.Owner.ReadAsync("/api/v1/collectors?program=MCI");
        var one = list.GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("ws-1", "US"), (one.Text("instanceName"), one.Text("region")));
        Assert.DoesNotContain("ihc_", list.ToString());
        AssertProblem(await (await _world.Hub.AsAsync("owner-2")).SendAsync(HttpMethod.Get, "/api/v1/collectors?program=MCI"),
            HttpStatusCode.Forbidden);
        AssertProblem(await (await _world.Hub.AsAsync("executive")).SendAsync(HttpMethod.Get, "/api/v1/collectors?program=MCI"),
            HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_revoked_collector_gets_no_permits_and_cannot_register_again_with_the_same_key()
    {
        var key = await _world.EnrolmentKeyAsync();
        var collector = new TestCollector(_world);
        await collector.RegisterAsync(key);
        await collector.AskAsync();
        AssertProblem(await _world.Responder.PostAsync($"/api/v1/collectors/{collector.Id}/revoke", new { }), HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NoContent, (await _world.Owner.PostAsync($"/api/v1/collectors/{collector.Id}/revoke", new { })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await collector.RenewAsync()).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await collector.TryRegisterAsync(key)).Status);
    }

    [Theory]
    [InlineData("{}", "name", "programs")]
    [InlineData("""{"name":"x","scopes":["enrol"],"programs":["NOPE"]}""")]
    [InlineData("""{"name":"x","scopes":["enrol"],"programs":["MCI"],"region":"FR"}""", "region")]
    [InlineData("""{"name":"x","scopes":["enrol"],"programs":["MCI"],"categories":["audio"]}""", "categories")]
    [InlineData("""{"name":"x","scopes":["enrol"],"programs":["MCI"],"validDays":0}""", "validDays")]
    [InlineData("""{"name":"x","scopes":["enrol"],"programs":["MCI"],"validDays":"soon"}""", "validDays")]
    [InlineData("""{"name":"x","scopes":["enrol"],"programs":[null]}""")]
    public async Task An_invalid_request_for_a_key_names_its_field(string body, params string[] fields)
    {
        var (status, answer) = await _world.Owner.PostAsync("/api/v1/keys", body);
        Assert.InRange((int)status, 400, 499);
        foreach (var field in fields.Take(body == "{}" ? 0 : fields.Length))
            Assert.True(answer.GetProperty("errors").TryGetProperty(field, out _), answer.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"publicKey\":7}")]
    [InlineData("{\"publicKey\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"!!\",\"y\":\"\"},\"proof\":\"a.b.c\"}")]
    [InlineData(
        "{\"publicKey\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}")]
    public async Task Hostile_registrations_are_refused_without_an_error_of_the_hub(string body)
    {
        var (status, _) = await new TestCollector(_world).CallAsync("register", await _world.EnrolmentKeyAsync(), body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task A_body_of_more_than_64_KB_is_refused()
    {
        var secret = (await _world.CollectorAsync()).Secret;
        var (status, _) = await new TestCollector(_world).CallAsync("stops", secret, $$"""{"ack":"{{Convert.ToHexString(RandomNumberGenerator.GetBytes(40_000))}}"}""");
        Assert.InRange((int)status, 400, 413);
    }
}
