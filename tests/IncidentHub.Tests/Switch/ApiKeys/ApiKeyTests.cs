using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Domain;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Switch.ApiKeys;

public sealed class ApiKeyTests : IAsyncLifetime
{
    private SwitchWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await SwitchWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<(string Id, string Key)> MakeAsync(string account, params string[] scopes)
    {
        var made = await (await _world.Hub.AsAsync(account))
            .MakeAsync("/api/v1/keys", new { name = "Nightly export", scopes, validDays = 30 });
        return (made.Text("id"), made.Text("key"));
    }

    private HttpClient With(string key, string? header = null)
    {
        var client = _world.Hub.CreateClient();
        if (header is null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        else client.DefaultRequestHeaders.Add(header, key);
        return client;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("X-API-Key")]
    public async Task A_persons_key_acts_as_its_owner_and_the_audit_log_names_the_key(string? header)
    {
        var client = With((await MakeAsync("owner", "read", "write")).Key, header);
        await client.ReadAsync("/api/v1/programs/MCI");
        await client.MakeAsync("/api/v1/programs/MCI/pauses", new { reason = "Data readable by everyone" });
        var audit = await (await _world.Hub.AsAsync("auditor")).ReadAsync("/api/v1/audit?act=pause.");
        Assert.Contains(audit.GetProperty("items").EnumerateArray(), e => e.Text("actorName") == "Program owner (key Nightly export)");
    }

    [Fact]
    public async Task A_key_permits_what_its_scopes_allow_and_never_more_than_its_owner_may()
    {
        var (reads, writes) = (With((await MakeAsync("responder", "read")).Key), With((await MakeAsync("responder", "write")).Key));
        await reads.ReadAsync("/api/v1/programs/MCI");
        var refused = await reads.PostAsync("/api/v1/programs/MCI/pauses", new { reason = "x" });
        AssertProblem(refused, HttpStatusCode.Forbidden);
        Assert.Equal("scope_missing", refused.Body.Text("code"));
        AssertProblem(await writes.SendAsync(HttpMethod.Get, "/api/v1/programs/MCI"), HttpStatusCode.Forbidden);
        AssertProblem(await reads.SendAsync(HttpMethod.Get, "/api/v1/audit"), HttpStatusCode.Forbidden);
        AssertProblem(await With(await _world.EnrolmentKeyAsync()).SendAsync(HttpMethod.Get, "/api/v1/programs/MCI"),
            HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_key_has_the_current_roles_of_its_owner()
    {
        var client = With((await MakeAsync("responder", "read", "write")).Key);
        await client.ReadAsync("/api/v1/programs/MCI");
        await ChangeAsync(p => p with { Roles = IncidentHub.Domain.Access.Roles.Reporter });
        AssertProblem(await client.SendAsync(HttpMethod.Get, "/api/v1/programs/MCI"), HttpStatusCode.Forbidden);
        await ChangeAsync(p => p with { IsActive = false });
        AssertProblem(await client.SendAsync(HttpMethod.Get, "/api/v1/programs/MCI"), HttpStatusCode.Unauthorized);

        async Task ChangeAsync(Func<Person, Person> change)
        {
            await _world.Hub.Db.WriteAsync<Done>(async tx =>
            {
                await People.SaveAsync(tx, change(DemoAccounts.Find("responder")));
                return default(Done);
            });
            _world.Hub.Clock.Advance(TimeSpan.FromSeconds(6));
        }
    }

    [Fact]
    public async Task An_expired_or_revoked_key_is_refused_at_once()
    {
        var (id, key) = await MakeAsync("owner", "read");
        var client = With(key);
        await client.ReadAsync("/api/v1/programs");
        Assert.Equal(HttpStatusCode.NoContent, (await _world.Owner.PostAsync($"/api/v1/keys/{id}/revoke", new { })).Status);
        AssertProblem(await client.SendAsync(HttpMethod.Get, "/api/v1/programs"), HttpStatusCode.Unauthorized);

        var other = With((await MakeAsync("owner", "read")).Key);
        await other.ReadAsync("/api/v1/programs");
        _world.Hub.Clock.JumpForward(TimeSpan.FromDays(30));
        AssertProblem(await other.SendAsync(HttpMethod.Get, "/api/v1/programs"), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_revoked_on_another_node_is_refused_here_within_five_seconds()
    {
        var (id, key) = await MakeAsync("owner", "read");
        var client = With(key);
        await client.ReadAsync("/api/v1/programs");
        await using (var connection = await _world.Hub.Services.GetRequiredService<Connections>()
            .OpenAsync(CancellationToken.None)) await connection.ExecuteAsync(
                "UPDATE ApiKey SET RevokedAt = CreatedAt WHERE Id = @Id", new { Id = Guid.Parse(id) });
        _world.Hub.Clock.Advance(TimeSpan.FromSeconds(5));
        AssertProblem(await client.SendAsync(HttpMethod.Get, "/api/v1/programs"), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_cannot_create_or_rotate_keys_nor_touch_the_signing_keys()
    {
        var (id, key) = await MakeAsync("administrator", "read", "write");
        var client = With(key);
        AssertProblem(await client.PostAsync($"/api/v1/keys/{id}/rotate", new { }), HttpStatusCode.Forbidden);
        AssertProblem(await client.PostAsync("/api/v1/signing-keys/rotate", new { }), HttpStatusCode.Forbidden);
        var kid = _world.Hub.Services.GetRequiredService<IncidentHub.Platform.Keys.SigningKeys>().Current.Kid;
        AssertProblem(await client.PostAsync($"/api/v1/signing-keys/{kid}/withdraw", new { reason = "Taken." }), HttpStatusCode.Forbidden);
        AssertProblem(await client.PostAsync("/api/v1/keys", new { name = "Heir", scopes = new[] { "read" } }), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_key_cannot_be_used_for_anonymous_flags_because_its_last_use_is_stored()
    {
        var client = With((await MakeAsync("responder", "write")).Key);
        AssertProblem(await client.PostAsync("/api/v1/flags", new { text = "Something is open.", anonymous = true }),
            HttpStatusCode.Conflict);
        await client.MakeAsync("/api/v1/flags", new { text = "Something is open." });
    }

    [Fact]
    public async Task The_API_document_describes_how_to_present_a_key()
    {
        var schemes = (await _world.Hub.CreateClient().ReadAsync("/openapi/v1.json")).GetProperty("components")
            .GetProperty("securitySchemes");
        Assert.Equal("bearer", schemes.GetProperty("key").Text("scheme"));
    }

    [Fact]
    public async Task Only_administrators_create_and_see_a_company_wide_key()
    {
        var body = new { name = "Ingestion", scopes = new[] { "gate", "intake" } };
        foreach (var denied in new[] { "owner", "responder", "executive" })
            AssertProblem(await (await _world.Hub.AsAsync(denied)).PostAsync("/api/v1/keys", body), HttpStatusCode.Forbidden);
        var administrator = await _world.Hub.AsAsync("administrator");
        var made = await administrator.MakeAsync("/api/v1/keys", body);
        await MakeAsync("owner", "read");
        Assert.Equal(2, (await administrator.ReadAsync("/api/v1/keys")).GetProperty("items").GetArrayLength());
        Assert.Equal("Program owner", (await _world.Owner.ReadAsync("/api/v1/keys")).GetProperty("items").EnumerateArray()
            .Single().Text("owner"));
        AssertProblem(await _world.Owner.PostAsync($"/api/v1/keys/{made.Text("id")}/revoke", new { }), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_list_shows_scopes_and_last_use_of_a_key_and_never_its_secret()
    {
        await _world.AddProgramAsync("TWO");
        var key = await _world.EnrolmentKeyAsync("US", ["clicks"], "MCI", "TWO");
        var of = await _world.Owner.ReadAsync("/api/v1/keys?program=MCI");
        var line = of.GetProperty("items").EnumerateArray().Single();
        Assert.Equal("enrol|MCI,TWO|US|clicks", $"{Words("scopes")}|{Words("programs")}|{line.Text("region")}|{Words("categories")}");
        Assert.Equal(JsonValueKind.Null, line.GetProperty("lastUsedAt").ValueKind);
        Assert.DoesNotContain(key, of.ToString());

        await new TestCollector(_world).RegisterAsync(key);
        line = (await _world.Owner.ReadAsync("/api/v1/keys?program=TWO")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(_world.Hub.Clock.Now, line.GetProperty("lastUsedAt").GetDateTimeOffset());

        string Words(string name) => string.Join(',', line.GetProperty(name).EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public async Task Only_a_hash_of_the_secret_is_stored()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/api/v1/keys")
        { Content = System.Net.Http.Json.JsonContent.Create(new { name = "Mine", scopes = new[] { "read" } }) };
        request.Headers.Add("Idempotency-Key", "once");
        using var answer = await _world.Owner.SendAsync(request);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var secret = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Text("key");
        Assert.StartsWith("ihk_", secret);
        await using var connection = await _world.Hub.Services.GetRequiredService<Connections>().OpenAsync(CancellationToken.None);
        foreach (var (table, column) in new[] { ("ApiKey", "KeyHash"), ("AuditEntry", "Payload"), ("IdempotencyRecord", "Body") })
            Assert.DoesNotContain(
                secret, string.Join('\n', await connection.QueryAsync<string>($"SELECT COALESCE({column}, '') FROM {table}")));
    }

    [Fact]
    public async Task A_request_without_a_key_or_with_a_wrong_one_or_a_collectors_secret_is_401()
    {
        var secret = (await _world.CollectorAsync()).Secret;
        foreach (var shown in new[] { "ihk_" + new string('x', 43), secret, "nonsense" })
            AssertProblem(await With(shown).SendAsync(HttpMethod.Get, "/api/v1/programs"), HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("{}", "name", "scopes")]
    [InlineData("""{"name":"x","scopes":["nope"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":"read"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["read"],"programs":["MCI"]}""", "programs")]
    [InlineData("""{"name":"x","scopes":["read"],"validDays":367}""", "validDays")]
    public async Task A_bad_request_names_its_fields(string body, params string[] fields) =>
        AssertProblem(await _world.Owner.PostAsync("/api/v1/keys", body), HttpStatusCode.BadRequest, fields);
}
