using System.Net;
using System.Text.RegularExpressions;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IncidentHub.Tests.Platform.Http;

public sealed partial class ResponseHeadersTests
{
    private const string Url = "https://hub.example";

    private static readonly string[] Names =
    [
        "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy", "Permissions-Policy", "Strict-Transport-Security", "Cache-Control",
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("administrator")]
    public async Task Every_route_answers_with_the_security_headers(string? account)
    {
        await using var hub = Start();
        using var client = await hub.AsAsync(account);
        var (faults, seen) = (new List<string>(), 0);
        foreach (var (method, path) in Routes(hub).Concat(Others))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method is "POST" or "PUT" or "PATCH")
                request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            seen++;
            if (Fault(answer) is { } fault) faults.Add($"{method} {path} {(int)answer.StatusCode}: {fault}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.InRange(seen, 150, 5000);
    }

    [Fact]
    public async Task A_request_to_another_host_is_answered_with_them_too()
    {
        await using var hub = Start();
        using var client = hub.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "evil.example";
        using var answer = await client.SendAsync(request);
        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, Fault(answer)));
    }

    [Theory]
    [InlineData("/boom")]
    [InlineData("/api/v1/boom")]
    public async Task What_fails_answers_with_them_and_without_a_trace(string path)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(PublicAddress.Read(
            new ConfigurationBuilder().AddInMemoryCollection([new("PublicUrl", Url)]).Build(), takesLoopback: true));
        builder.Services.AddProblemDetails(o => o.CustomizeProblemDetails = Problems.Complete);
        await using var app = builder.Build();
        app.UseMiddleware<ResponseHeadersMiddleware>();
        app.UseProblems();
        app.MapGet(path, string () => throw new InvalidOperationException("secret detail"));
        await app.StartAsync();
        using var answer = await app.GetTestClient().GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.InternalServerError, null), (answer.StatusCode, Fault(answer)));
        Assert.NotEmpty(text);
        Assert.DoesNotContain("secret detail", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_hub_at_https_demands_it_for_the_future()
    {
        await using var hub = new TestHub();
        using var answer = await hub.CreateClient().GetAsync("/sign-in");
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.DoesNotContain("wss:", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_may_be_kept_by_the_client_who_asks_again_and_nothing_else_may()
    {
        await using var hub = Start();
        using var client = await hub.AsAsync("responder");
        foreach (var (path, control) in ((string, string)[])[
            ("/api/v1/programs", "no-cache, private"), ("/api/v1/programs/NOPE", "no-store"),
            ("/programs", "max-age=0, no-cache, no-store"),
            ("/openapi/v1.json", "no-store"),
            ("/healthz", "no-cache, no-store"),
            ("/nope", "max-age=0, no-cache, no-store")])
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal((path, control), (path, string.Join(", ", answer.Headers.CacheControl!.ToString().Split(", ").Order())));
        }
    }

    private static readonly (string Method, string Path)[] Others =
    [
        ("GET", "/hub.js"), ("GET", "/hub.css"), ("GET", "/fonts/inter-5.3.0.woff2"), ("GET", "/_content/MudBlazor/MudBlazor.min.js"),
        ("GET", "/_framework/blazor.web.js"), ("GET", "/favicon.svg"), ("GET", "/robots.txt"), ("GET", "/api/docs/index.html"),
        ("GET", "/api/docs/swagger-ui.css"), ("GET", "/jobs/recurring"), ("GET", "/nope"), ("GET", "/api/v1/nope"),
        ("PATCH", "/api/v1/programs"),
        ("DELETE", "/"), ("GET", "/.well-known/nope"), ("GET", "/.env"), ("HEAD", "/"), ("OPTIONS", "/api/v1/programs"),
    ];

    private static IEnumerable<(string Method, string Path)> Routes(TestHub hub) =>
        from endpoint in hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods
        from method in methods is { Count: > 0 } ? methods : ["GET"]
        // Ends the session of the test.
        where endpoint.RoutePattern.RawText is { } text && !text.Contains("sign-out", StringComparison.Ordinal)
        select (method, "/" + Parameter().Replace(endpoint.RoutePattern.RawText!, m =>
            m.Value.Contains(":guid", StringComparison.Ordinal) ? "0199a6c2-0000-7000-8000-000000000000" : "x").TrimStart('/'));

    private static string? Fault(HttpResponseMessage answer)
    {
        string? Of(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join("|", values) : null;
        if (Names.Where(n => Of(n) is null).ToList() is { Count: > 0 } missing) return "no " + string.Join(", ", missing);
        if (Of("X-Content-Type-Options") != "nosniff") return "nosniff";
        if (!Of("Strict-Transport-Security")!.StartsWith("max-age=63072000; includeSubDomains", StringComparison.Ordinal)) return "HSTS";
        var policy = Of("Content-Security-Policy")!;
        if (!policy.StartsWith("default-src 'none';", StringComparison.Ordinal) || policy.Contains('|', StringComparison.Ordinal)
            || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal)) return policy;
        var scripts = Scripts().Match(policy).Value;
        return answer.Content.Headers.ContentType?.MediaType == "text/html" ? scripts == "script-src 'self';" ? null : policy
            : scripts.Length == 0 ? null : policy;
    }

    private static TestHub Start()
    {
        var hub = new TestHub { Settings = new Dictionary<string, string> { ["PublicUrl"] = Url } };
        hub.ClientOptions.BaseAddress = new Uri(Url);
        return hub;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("script-src[^;]*;")]
    private static partial Regex Scripts();
}
