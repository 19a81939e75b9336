using System.Net;
using System.Security.Claims;
using IncidentHub.Access.Identity;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Live;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Security;

/// <summary>What is open to whom, and how much of it.</summary>
public sealed class ExposureTests
{
    [Fact]
    public async Task In_production_the_description_of_the_API_is_for_people_who_are_signed_in()
    {
        await using var hub = new TestHub { Production = true };
        using var nobody = hub.CreateClient();
        using var document = await nobody.GetAsync("/openapi/v1.json");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"),
            (document.StatusCode, document.Content.Headers.ContentType?.MediaType));
        foreach (var path in (string[])["/api/docs", "/api/docs/index.html", "/api/docs/swagger-ui-bundle.js"])
        {
            using var page = await nobody.GetAsync(path);
            Assert.Equal((HttpStatusCode.Redirect, "/sign-in?returnUrl=%2Fapi%2Fdocs%2Findex.html"),
                (page.StatusCode, page.Headers.Location?.OriginalString));
        }
    }

    [Fact]
    public async Task A_key_that_reads_may_read_the_description_of_the_API()
    {
        await using var hub = new TestHub();
        using var responder = await hub.AsAsync("responder");
        var key = (await responder.MakeAsync("/api/v1/keys", new { name = "k", scopes = new[] { "read" } })).Text("key");
        using var client = hub.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await client.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_person_with_too_many_pages_open_is_told_so_and_others_are_not()
    {
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Circuits:PerPerson"] = "2" } };
        var circuits = new List<CircuitLimit>();
        for (var n = 0; n < 2; n++) circuits.Add(await OpenAsync(hub, "responder"));
        using var responder = await hub.AsAsync("responder");
        using var refused = await responder.GetAsync("/incidents");
        Assert.Equal((HttpStatusCode.TooManyRequests, "text/plain"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Contains("2 pages", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync(hub, "responder"));
        // Pages that are not live, the API, and other people.
        foreach (var path in (string[])["/flags/new", "/api/v1/incidents"])
            Assert.Equal(HttpStatusCode.OK, (await responder.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await hub.AsAsync("owner")).GetAsync("/incidents")).StatusCode);
        await OpenAsync(hub, "owner");

        await circuits[0].OnCircuitClosedAsync(null!, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, (await responder.GetAsync("/incidents")).StatusCode);
        await OpenAsync(hub, "responder");
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task A_live_connection_is_taken_from_the_hubs_own_pages_only(string? origin, HttpStatusCode expected)
    {
        await using var hub = new TestHub();
        using var client = await hub.AsAsync("responder");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_needs_permission_on_both_of_what_it_links()
    {
        await using var hub = new TestHub();
        foreach (var owner in (string[])["owner", "owner-2"])
        {
            using var person = await hub.AsAsync(owner);
            await person.MakeAsync("/api/v1/programs", new
            {
                code = $"OF-{owner}",
                name = "A program",
                purpose = "Shown live",
                owner,
                unit = "Research",
                regions = new[] { "US" },
                categories = new[] { "Clicks" },
            });
            await person.MakeAsync("/api/v1/datasets",
                new { name = $"of-{owner}", owner, promisedAudience = new { scope = "NamedGroup", name = "research" } });
        }
        using var one = await hub.AsAsync("owner");
        using var responder = await hub.AsAsync("responder");
        foreach (var link in (string[])["of-owner/programs/OF-owner-2", "of-owner-2/programs/OF-owner", "of-owner/upstream/of-owner-2",
            "of-owner-2/upstream/of-owner"])
        {
            AssertProblem(await one.SendAsync(HttpMethod.Put, $"/api/v1/datasets/{link}"), HttpStatusCode.Forbidden);
            if (link == "of-owner-2/upstream/of-owner") continue;
            Assert.Equal(HttpStatusCode.NoContent, (await responder.SendAsync(HttpMethod.Put, $"/api/v1/datasets/{link}")).Status);
            AssertProblem(await one.SendAsync(HttpMethod.Delete, $"/api/v1/datasets/{link}"), HttpStatusCode.Forbidden);
        }
        Assert.Equal(HttpStatusCode.NoContent, (await one.SendAsync(HttpMethod.Put, "/api/v1/datasets/of-owner/programs/OF-owner")).Status);
    }

    private static async Task<CircuitLimit> OpenAsync(TestHub hub, string account)
    {
        var limit = new CircuitLimit(hub.Services.GetRequiredService<OpenCircuits>(), new SignedIn(DemoAccounts.Find(account)));
        await limit.OnCircuitOpenedAsync(null!, CancellationToken.None);
        return limit;
    }

    private sealed class SignedIn(Person person) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(
            new ClaimsPrincipal(new ClaimsIdentity([new(Principals.PersonId, person.Id.ToString())], "test"))));
    }
}
