using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>The charset of a body, on every operation of the API that takes one.</summary>
public sealed class CharsetTests : IAsyncLifetime
{
    private static readonly string[] Taken = ["charset=\"utf-8\"", "charset=UTF-8", "Charset=\"UTF-8\"", "charset=utf8", "charset=us-ascii"];

    private static readonly string[] Refused =
    [
        "charset=bogus", "charset=", "charset=\"\"", "charset=utf-7", "charset=utf-16", "charset=iso-8859-1",
        "charset=utf-8; charset=bogus", "charset='utf-8'",
    ];

    private readonly TestHub _hub = new();
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync() => _client = await _hub.AsAsync("privacy");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Every_operation_takes_UTF_8_however_it_is_written_and_answers_415_to_other_charsets()
    {
        var faults = new List<string>();
        var endpoints = _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true
                && e.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") == true).ToList();
        Assert.InRange(endpoints.Count, 60, 200);
        foreach (var endpoint in endpoints)
        {
            var method = new HttpMethod(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);
            var path = StrictInputTests.PathOf(endpoint);
            var plain = await SendAsync(method, path, "application/json");
            foreach (var charset in Taken)
            {
                if (await SendAsync(method, path, $"application/json; {charset}") is var same && same != plain)
                    faults.Add($"{path} {charset}: {same} instead of {plain}");
            }
            foreach (var charset in Refused)
            {
                if (await SendAsync(method, path, $"application/json; {charset}") is var other
                    && other != (HttpStatusCode.UnsupportedMediaType, "unsupported_charset"))
                    faults.Add($"{path} {charset}: {other}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_text_is_read_as_it_was_written()
    {
        var owner = await _hub.AsAsync("owner");
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { code = "ONE", name = "Überprüfung 泄露", purpose = "Test.", owner = "owner", unit = "Test" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/programs") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=\"utf-8\"");
        using var answer = await owner.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("Überprüfung 泄露", (await owner.ReadAsync("/api/v1/programs/ONE")).Text("name"));
    }

    private async Task<(HttpStatusCode Status, string? Code)> SendAsync(HttpMethod method, string path, string contentType)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"colour\":1}"));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await _client.SendAsync(request);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, problem.Text("code"));
    }
}
