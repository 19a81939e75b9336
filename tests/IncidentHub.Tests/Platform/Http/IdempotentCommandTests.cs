using System.Net;
using System.Text;
using System.Text.Json;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>The <c>Idempotency-Key</c> on every command of the API.</summary>
public sealed class IdempotentCommandTests
{
    // Their answer holds a secret, which is not kept.
    private static readonly string[] Secret =
    [
        "POST /api/v1/keys", "POST /api/v1/keys/{id:guid}/rotate", "POST /api/v1/people", "POST /api/v1/people/{account}/reset",
        "POST /api/v1/calendar-feed",
    ];

    // Reads that are a POST: a mapping that is not saved is a body, and the receipt must not be in a URL. The file of an anonymous flag
    // is attached once, however often it is sent.
    private static readonly string[] WithoutKey =
    [
        "POST /api/v1/identity/mapping/preview", "POST /api/v1/incidents/{code}/access-reviews/preview",
        "POST /api/v1/notices/similar", "POST /api/v1/flags/by-receipt", "POST /api/v1/flags/by-receipt/files",
    ];

    [Fact]
    public async Task A_command_that_is_repeated_with_its_key_acts_once_and_gets_the_first_answer_again()
    {
        await using var story = await CommandStory.StartAsync();
        var taking = Taking(story);
        var (faults, tried) = (new List<string>(), new HashSet<string>());
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            if (!taking.Contains(step.Route))
            {
                await story.SendAsync(step);
                continue;
            }
            tried.Add(step.Route);
            var (key, path, body) = ($"key {tried.Count}", step.Path(step.At(story)), step.Body(story));
            var first = await SendAsync(story, step, path, key, body);
            Assert.True((int)first.Status < 300, $"{step.Route}: {first.Status} {first.Text}");
            var audited = await story.AuditCountAsync();
            var again = await SendAsync(story, step, path, key, body);
            if (Secret.Contains(step.Route))
            {
                if (again.Status != HttpStatusCode.Conflict || !again.Text.Contains("idempotency_result_secret", StringComparison.Ordinal))
                    faults.Add($"{step.Route} again: {again.Status} {again.Text}");
            }
            else if (again.Status != first.Status || again.Text != first.Text || !again.Replayed)
                faults.Add($"{step.Route}: {first.Status}, again {again.Status} {again.Text}");
            // Whoever has a receipt is a caller of their own.
            var otherBody = body is FormBody form ? form with { File = [.. form.File, 1] }
                : step.Route.Contains("by-receipt", StringComparison.Ordinal)
                    ? JsonSerializer.Serialize(new { receipt = story["receipt"], message = "Another." }) : (object)"{\"another\": 1}";
            var other = await SendAsync(story, step, path, key, otherBody);
            if (other.Status != (HttpStatusCode)422 || !other.Text.Contains("idempotency_mismatch", StringComparison.Ordinal))
                faults.Add($"{step.Route} with another body: {other.Status} {other.Text}");
            if (await story.AuditCountAsync() != audited) faults.Add($"{step.Route} acted again");
            if (step.After is not null)
                await step.After(story, first.Text.Length == 0 ? default : JsonDocument.Parse(first.Text).RootElement.Clone());
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.Equal(taking.Order(), tried.Order());
        Assert.InRange(tried.Count, 60, 200);
    }

    [Fact]
    public async Task A_blank_key_and_several_keys_are_refused_by_every_command()
    {
        await using var hub = new TestHub();
        var clients = new PermittedClients(hub);
        var faults = new List<string>();
        var taking = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ApiEndpoint>() is not null)
            .Where(e => IdempotencyMiddleware.IsTakenBy(e.Metadata, e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]))
            .ToList();
        Assert.InRange(taking.Count, 60, 200);
        foreach (var endpoint in taking)
        {
            // The test server drops a header without a value, which a real one does not.
            foreach (var keys in new string[][] { ["   "], ["one", "two"], ["one", "one"], ["one", "  "] })
            {
                using var request = new HttpRequestMessage(
                    new(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]), StrictInputTests.PathOf(endpoint));
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                request.Headers.TryAddWithoutValidation("Idempotency-Key", keys);
                using var answer = await (await clients.ForAsync(endpoint)).SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode != HttpStatusCode.BadRequest || !text.Contains("\"Idempotency-Key\":", StringComparison.Ordinal))
                    faults.Add($"{request.RequestUri} [{string.Join("|", keys)}]: {answer.StatusCode} {text}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static HashSet<string> Taking(CommandStory story)
    {
        var all = story.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ApiEndpoint>() is not null)
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Where(m => m != "GET")
                .Select(m => (Route: $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}", Endpoint: e))).ToList();
        var taking = all.Where(e => IdempotencyMiddleware.IsTakenBy(e.Endpoint.Metadata, e.Route.Split(' ')[0]))
            .Select(e => e.Route).ToHashSet();
        Assert.Equal(WithoutKey, all.Select(e => e.Route).Except(taking));
        return taking;
    }

    private static async Task<(HttpStatusCode Status, string Text, bool Replayed)> SendAsync(
        CommandStory story, CommandStep step, string path, string key, object? body)
    {
        using var request = new HttpRequestMessage(step.Method, path);
        request.Headers.Add("Idempotency-Key", key);
        request.Content = ApiCalls.ContentOf(body);
        using var answer = await story.As(step.By).SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Contains("Idempotency-Replayed"));
    }
}
