using System.Net;
using System.Text.Json;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>What a caller misspells is refused by name, on every endpoint of the API.</summary>
public sealed class StrictInputTests : IAsyncDisposable
{
    private readonly TestHub _hub = new();
    private readonly PermittedClients _clients;

    public StrictInputTests() => _clients = new(_hub);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_field_that_a_body_does_not_have_is_refused_by_name()
    {
        var faults = new List<string>();
        var bodies = Endpoints().Where(e => e.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: not null } accepts
            && accepts.ContentTypes.Contains("application/json")).ToList();
        Assert.InRange(bodies.Count, 50, 200);
        foreach (var endpoint in bodies) await CheckAsync(endpoint, "", "{\"colour\":1}", "colour", faults);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_query_parameter_that_a_call_does_not_have_is_refused_by_name()
    {
        var faults = new List<string>();
        // Also those that machines call. Not OFREP: clients of later versions may add parameters.
        var all = _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true).ToList();
        Assert.InRange(all.Count, 100, 300);
        foreach (var endpoint in all)
        {
            var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is null ? null : "{}";
            await CheckAsync(endpoint, "?colour=red", body, "colour", faults);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_number_that_is_too_large_for_its_parameter_is_refused_by_name()
    {
        var faults = new List<string>();
        foreach (var endpoint in _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            foreach (var number in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
                .Where(p => p.ParameterInfo.ParameterType == typeof(int?) || p.ParameterInfo.ParameterType == typeof(long?)))
                await CheckAsync(endpoint, $"?{number.Name}=99999999999999999999", null, number.Name, faults);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_body_that_a_call_does_not_take_is_refused_by_name()
    {
        var faults = new List<string>();
        var acts = _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true
                && MethodOf(e) != "GET" && e.Metadata.GetMetadata<IAcceptsMetadata>() is null
                // A key comes first there.
                && e.RoutePattern.RawText != "/api/v1/collectors/challenge").ToList();
        Assert.InRange(acts.Count, 5, 60);
        foreach (var endpoint in acts)
        {
            await CheckAsync(endpoint, "", "{\"colour\":1}", "colour", faults);
            foreach (var body in new[] { "[1]", "colour", "7" }) await CheckAsync(endpoint, "", body, "body", faults);
            // Clients that always send JSON send this.
            var client = await _clients.ForAsync(endpoint);
            var plain = (await client.SendAsync(new HttpMethod(MethodOf(endpoint)), PathOf(endpoint))).Status;
            foreach (var nothing in new[] { "{}", " ", "null" })
            {
                var (status, answer) = await client.SendAsync(new HttpMethod(MethodOf(endpoint)), PathOf(endpoint), nothing);
                if (status != plain && status == HttpStatusCode.BadRequest) faults.Add($"{PathOf(endpoint)} {nothing}: {status} {answer}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_time_of_a_query_string_needs_its_offset()
    {
        var faults = new List<string>();
        foreach (var endpoint in Endpoints())
        {
            foreach (var time in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
                .Where(p => p.ParameterInfo.ParameterType == typeof(DateTimeOffset?)))
            {
                foreach (var value in new[] { "2026-11-20T10:00:00", "03/04/2026", "Jan%202", "10:00", "2026-13-01T00:00:00Z" })
                    await CheckAsync(endpoint, $"?{time.Name}={value}", null, time.Name, faults);
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Theory]
    [InlineData("2026-11-20T10:00:00", false)]
    [InlineData("2026-11-20", false)]
    [InlineData("20 Nov 2026 10:00", false)]
    [InlineData("2026-11-31T10:00:00Z", false)]
    [InlineData("2026-11-20T10:00:00Z", true)]
    [InlineData("2026-11-20t10:00:00z", true)]
    [InlineData("2026-11-20T10:00:00.1234567+05:30", true)]
    public void A_time_is_read_only_in_the_form_of_RFC_3339_with_its_offset(string text, bool ok)
    {
        var options = new JsonSerializerOptions { Converters = { new Rfc3339Converter() } };
        var body = $"\"{text}\"";
        if (!ok) Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(body, options));
        else Assert.Equal(2026, JsonSerializer.Deserialize<DateTimeOffset>(body, options).Year);
    }

    [Theory]
    [InlineData("{\"reason\":\"drill\",\"drillSecs\":60}", "drillSecs")]
    [InlineData("{\"reason\":\"drill\",\"region\":[\"US\"]}", "region")]
    [InlineData("{\"reason\":\"x\",\"categories\":[]}", "categories")]
    [InlineData("{\"reason\":\"x\",\"regions\":[]}", "regions")]
    [InlineData("{\"reason\":\"x\",\"drillSeconds\":-1}", "drillSeconds")]
    [InlineData("{\"reason\":\"x\",\"reason\":\"y\"}", "reason")]
    public async Task A_pause_is_not_placed_by_what_was_meant_otherwise(string body, string field)
    {
        var owner = await _hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", new { code = "STR", name = "Strict", purpose = "Test.", owner = "owner", unit = "Test" });
        ApiCalls.AssertProblem(await owner.PostAsync("/api/v1/programs/STR/pauses", body), HttpStatusCode.BadRequest, field);
        Assert.Equal(0, (await owner.ReadAsync("/api/v1/programs/STR/pauses")).GetProperty("items").GetArrayLength());
    }

    private IEnumerable<RouteEndpoint> Endpoints() => _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiEndpoint>() is not null);

    private static string MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];

    private async Task CheckAsync(RouteEndpoint endpoint, string query, string? body, string field, List<string> faults)
    {
        var path = PathOf(endpoint);
        var (status, answer) = await (await _clients.ForAsync(endpoint)).SendAsync(new HttpMethod(MethodOf(endpoint)), path + query, body);
        if (status != HttpStatusCode.BadRequest || !answer.TryGetProperty("errors", out var errors) || !errors.TryGetProperty(field, out _))
            faults.Add($"{MethodOf(endpoint)} {path}{query}: {(int)status} {answer}");
    }

    /// <summary>A path of the endpoint, with some value for each parameter.</summary>
    internal static string PathOf(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Value))));

    private static string Value(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart p when p.ParameterPolicies.Any(c => c.Content == "int") => "1",
        RoutePatternParameterPart p when p.ParameterPolicies.Any(c => c.Content == "guid") => Guid.Empty.ToString(),
        RoutePatternParameterPart => "X",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}
