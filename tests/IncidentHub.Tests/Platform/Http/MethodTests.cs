using System.Net;
using System.Text.Json;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>Methods and paths that no endpoint takes, on every path of the API.</summary>
public sealed class MethodTests : IAsyncLifetime
{
    private static readonly string[] All = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Prefixes = ["/api/v1/", "/ofrep/", "/.well-known/"];
    private readonly TestHub _hub = new();
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await _hub.AsAsync("privacy");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_method_that_a_path_does_not_take_is_405_with_those_that_it_takes()
    {
        var faults = new List<string>();
        var paths = Endpoints().GroupBy(PathOf).ToList();
        Assert.InRange(paths.Count, 60, 300);
        foreach (var path in paths)
        {
            var taken = path.Select(MethodOf).ToHashSet();
            var other = All.FirstOrDefault(m => !taken.Contains(m));
            if (other is null) continue;
            using var answer = await _client.SendAsync(new HttpRequestMessage(new(other), path.Key));
            var allowed = answer.Content.Headers.Allow;
            var code = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Text("code");
            if (answer.StatusCode != HttpStatusCode.MethodNotAllowed || !taken.All(allowed.Contains) || code != "method_not_allowed")
                faults.Add($"{other} {path.Key}: {(int)answer.StatusCode} {code}, Allow: {string.Join(", ", allowed)}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task HEAD_is_answered_as_GET_without_a_body()
    {
        var faults = new List<string>();
        foreach (var endpoint in Endpoints().Where(e => MethodOf(e) == "GET"))
        {
            using var get = await _client.GetAsync(PathOf(endpoint));
            using var head = await _client.SendAsync(new(HttpMethod.Head, PathOf(endpoint)));
            if (head.StatusCode != get.StatusCode || head.Headers.ETag?.Tag != get.Headers.ETag?.Tag
                || (await head.Content.ReadAsStringAsync()).Length > 0)
                faults.Add($"{PathOf(endpoint)}: {(int)head.StatusCode} instead of {(int)get.StatusCode}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        using var page = await _client.SendAsync(new(HttpMethod.Head, "/programs"));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_a_problem_with_a_code()
    {
        var (status, body) = await _client.SendAsync(HttpMethod.Post, "/api/v1/nope/at/all", new { });
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (status, body.Text("code")));
    }

    [Theory]
    [InlineData("GET", "/ofrep/v1/evaluate/flags", 405)]
    [InlineData("HEAD", "/ofrep/v1/evaluate/flags/program.MCI.collect", 405)]
    [InlineData("DELETE", "/ofrep/v1/evaluate/flags", 405)]
    [InlineData("POST", "/ofrep/v1/evaluate/flags/a/b", 404)]
    [InlineData("GET", "/ofrep/v1/configuration", 404)]
    [InlineData("POST", "/.well-known/jwks.json", 405)]
    [InlineData("GET", "/.well-known/nope", 404)]
    [InlineData("GET", "/openapi/v1/nope", 404)]
    public async Task A_program_without_a_cookie_is_not_sent_to_the_pages(string method, string path, int status)
    {
        using var client = _hub.CreateClient();
        using var answer = await client.SendAsync(new HttpRequestMessage(new(method), path));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 405) Assert.DoesNotContain(method, answer.Content.Headers.Allow);
        if (method != "HEAD") Assert.Equal(status == 405 ? "method_not_allowed" : "not_found", JsonElement.Parse(body).Text("code"));
        if (path.StartsWith("/ofrep/v1/evaluate/flags", StringComparison.Ordinal) && status == 405)
            Assert.Equal(["OPTIONS", "POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_challenged()
    {
        var anonymous = await _hub.AsAsync(null);
        using var answer = await anonymous.GetAsync("/api/v1/programs");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.StatusCode, answer.Headers.WwwAuthenticate.Single().Scheme));
        Assert.Equal("unauthenticated", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Text("code"));
    }

    private IEnumerable<RouteEndpoint> Endpoints() => _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => Prefixes.Any(p => e.RoutePattern.RawText?.StartsWith(p, StringComparison.Ordinal) == true))
        .Where(e => All.Contains(MethodOf(e)));

    private static string MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];

    private static string PathOf(RouteEndpoint endpoint) => StrictInputTests.PathOf(endpoint);
}
