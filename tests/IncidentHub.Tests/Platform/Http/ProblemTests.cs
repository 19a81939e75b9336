using Microsoft.Extensions.DependencyInjection;
using IncidentHub.Access.Identity;
using System.Net;
using System.Text;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Http;

public class ProblemTests
{
    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    [Theory]
    [InlineData("{\"account\": 5}", "account")]
    [InlineData("{\"account\":", "account")]
    [InlineData("not json", "body")]
    [InlineData("", "body")]
    public async Task Unreadable_input_is_a_400_that_names_the_field(string body, string field)
    {
        await using var hub = new TestHub();
        var answer = await hub.CreateClient().PostAsync("/api/v1/session", Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("invalid", problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task An_unknown_path_of_the_API_returns_a_problem_too()
    {
        await using var hub = new TestHub();
        var answer = await hub.CreateClient().GetAsync("/api/v1/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    // The endpoint of the framework that refuses a content type writes nothing.
    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    [InlineData("*/*")]
    public async Task A_refusal_is_a_problem_whatever_the_caller_accepts(string accept)
    {
        await using var hub = new TestHub();
        var client = hub.CreateClient();
        client.DefaultRequestHeaders.Accept.ParseAdd(accept);
        foreach (var path in (string[])["/api/v1/gate/batches:check", "/api/v1/session", "/api/v1/collectors/register"])
        {
            using var answer = await client.PostAsync(path, new StringContent("<x/>", Encoding.UTF8, "application/xml"));
            Assert.Equal((path, HttpStatusCode.UnsupportedMediaType, "application/problem+json"),
                (path, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task Every_response_has_a_correlation_id_and_a_malformed_one_is_not_echoed()
    {
        await using var hub = new TestHub();
        var client = hub.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Correlation-Id", "<script>");
        var answer = await client.GetAsync("/healthz");
        var id = Assert.Single(answer.Headers.GetValues("X-Correlation-Id"));
        Assert.DoesNotContain('<', id);
    }

    [Fact]
    public async Task Outside_Development_nobody_signs_in_as_a_sample_account()
    {
        await using var hub = new TestHub { Production = true };
        var answer = await hub.CreateClient().PostAsync("/api/v1/session", Json("{\"account\":\"responder\"}"));
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Empty(
            await hub.Services.GetRequiredService<People>().ListAsync());
    }
}
