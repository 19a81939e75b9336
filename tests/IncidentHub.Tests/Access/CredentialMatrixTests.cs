using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IncidentHub.Access.Identity;
using IncidentHub.Domain;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Catalog.Programs;
using IncidentHub.Tests.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access;

/// <summary>Every route of the API with credentials that are void, or made for something else.</summary>
public sealed class CredentialMatrixTests
{
    // The scope of each route of machines, as documented.
    private static readonly (string Method, string Path, string Scope)[] Machines =
    [
        ("POST", "/api/v1/collectors/challenge", "enrol"), ("POST", "/api/v1/collectors/register", "enrol"),
        ("POST", "/api/v1/collectors/permits:renew", "collect"), ("GET", "/api/v1/collectors/events", "collect"),
        ("POST", "/api/v1/collectors/stops", "collect"), ("POST", "/api/v1/gate/batches:check", "gate"),
        ("GET", "/api/v1/gate/dispositions", "gate"), ("POST", "/ofrep/v1/evaluate/flags", "evaluate"),
        ("POST", "/ofrep/v1/evaluate/flags/program.MCI.collect", "evaluate"), ("POST", "/api/v1/lineage", "intake"),
    ];

    [Fact]
    public async Task A_void_credential_opens_no_route()
    {
        // More unknown keys than one address may send.
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Keys:FailuresPerAddress"] = "10000" } };
        var owner = await hub.AsAsync("owner");
        var (expired, revoked) = (await KeyAsync(owner, "read write", 1), await KeyAsync(owner, "read write", 300));
        await owner.MakeAsync($"/api/v1/keys/{revoked.Id}/revoke", new { });
        var (used, left) = (await KeyAsync(await hub.AsAsync("responder"), "read write", 300), await hub.AsAsync("responder"));
        await hub.Db.WriteAsync<Done>(async tx =>
        {
            await People.SaveAsync(tx, DemoAccounts.Find("responder") with { IsActive = false });
            return default(Done);
        });
        hub.Clock.Advance(TimeSpan.FromDays(2));
        var faults = new List<string>();
        foreach (var (name, client) in new[]
        {
            ("no credential", hub.CreateClient()), ("an expired key", With(hub, expired.Secret)), ("a revoked key", With(hub, revoked.Secret)),
            ("a key of nobody", With(hub, "ihk_" + new string('x', 43))), ("a deactivated person's key", With(hub, used.Secret)),
            ("a deactivated person", left),
        })
        {
            foreach (var (method, path) in Routes(hub))
            {
                var status = await AskAsync(client, method, path);
                if (status != HttpStatusCode.Unauthorized) faults.Add($"{method} {path} with {name}: {status}");
            }
        }
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_key_does_only_what_its_scope_is_for()
    {
        await using var hub = new TestHub();
        var owner = await hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", ProgramApiTests.Program("MCI"));
        Dictionary<string, string> secrets = [];
        foreach (var scope in (string[])["read", "write", "gate", "evaluate", "intake", "enrol"])
            secrets[scope] = (await KeyAsync(owner, scope, 30)).Secret;
        var (faults, asked) = (new List<string>(), 0);
        foreach (var (scope, secret) in secrets)
        {
            using var client = With(hub, secret);
            foreach (var (method, path) in Routes(hub))
            {
                if (scope == (method == "GET" ? "read" : "write")) continue;
                asked++;
                var status = await AskAsync(client, method, path);
                if (status != HttpStatusCode.Forbidden) faults.Add($"{method} {path} with {scope}: {status}");
            }
            foreach (var (method, path, wanted) in Machines.Where(m => m.Scope != scope))
            {
                asked++;
                var status = await AskAsync(client, method, path);
                if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
                    faults.Add($"{method} {path}, which is for {wanted}, with {scope}: {status}");
            }
        }
        Assert.Empty(faults);
        Assert.True(asked > 300, $"{asked}");
    }

    private static async Task<(Guid Id, string Secret)> KeyAsync(HttpClient by, string scopes, int validDays)
    {
        var programs = scopes is "read" or "write" or "read write" ? null : new[] { "MCI" };
        var key = await by.MakeAsync("/api/v1/keys", new { name = scopes, scopes = scopes.Split(' '), programs, validDays });
        return (key.GetProperty("id").GetGuid(), key.Text("key"));
    }

    private static HttpClient With(TestHub hub, string secret)
    {
        var client = hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static List<(string Method, string Path)> Routes(TestHub hub)
    {
        var routes = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ApiEndpoint>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0], StrictInputTests.PathOf(e))).ToList();
        Assert.InRange(routes.Count, 90, 400);
        return routes;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method is not "GET") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }
}
