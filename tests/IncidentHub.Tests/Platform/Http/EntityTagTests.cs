using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Http;

public sealed class EntityTagTests : IAsyncLifetime
{
    private readonly TestHub _hub = new();
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _owner = await _hub.AsAsync("owner");
        await _owner.MakeAsync("/api/v1/programs", Program("First"));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task An_unchanged_read_is_answered_without_a_body()
    {
        foreach (var path in new[] { "/api/v1/programs/TAG", "/api/v1/programs", "/api/v1/incidents", "/api/v1/policy" })
        {
            using var first = await _owner.GetAsync(path);
            Assert.NotNull(first.Headers.ETag);
            using var again = await SendAsync(HttpMethod.Get, path, null, ("If-None-Match", first.Headers.ETag.ToString()));
            Assert.Equal((HttpStatusCode.NotModified, ""), (again.StatusCode, await again.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task A_read_after_a_change_has_another_tag()
    {
        var before = await TagAsync();
        await _owner.SendAsync(HttpMethod.Put, "/api/v1/programs/TAG", Program("Second"));
        Assert.NotEqual(before, await TagAsync());
        using var stale = await SendAsync(HttpMethod.Get, "/api/v1/programs/TAG", null, ("If-None-Match", before));
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
    }

    [Fact]
    public async Task A_change_is_made_only_to_the_version_that_was_read()
    {
        var read = await TagAsync();
        using var taken = await SendAsync(HttpMethod.Put, "/api/v1/programs/TAG", Program("Second"), ("If-Match", read));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using var refused = await SendAsync(HttpMethod.Put, "/api/v1/programs/TAG", Program("Third"), ("If-Match", read));
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("stale", problem.Text("code"));
        Assert.Equal("Second", (await _owner.ReadAsync("/api/v1/programs/TAG")).Text("name"));
        // If-Match: * matches every version.
        using var any = await SendAsync(HttpMethod.Put, "/api/v1/programs/TAG", Program("Third"), ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.OK, any.StatusCode);
    }

    [Theory]
    [InlineData("\"something\"")]
    [InlineData("7")]
    [InlineData("\"x-5f\"")]
    public async Task An_invalid_tag_changes_nothing(string tag)
    {
        using var answer = await SendAsync(HttpMethod.Put, "/api/v1/programs/TAG", Program("Second"), ("If-Match", tag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal("First", (await _owner.ReadAsync("/api/v1/programs/TAG")).Text("name"));
    }

    private static object Program(string name) => new { code = "TAG", name, purpose = "Test.", owner = "owner", unit = "Test" };

    private async Task<string> TagAsync()
    {
        using var answer = await _owner.GetAsync("/api/v1/programs/TAG");
        return answer.Headers.ETag!.ToString();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        if (body is not null) request.Content = JsonContent.Create(body);
        return await _owner.SendAsync(request);
    }
}
