using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>The OpenAPI document says what the server does, for every operation.</summary>
public sealed class OpenApiTests
{
    private const string Propose = "POST /api/v1/decisions/{code}/propose", Register = "POST /api/v1/programs", Key = "POST /api/v1/keys",
        Edit = "PUT /api/v1/programs/{code}", Task = "POST /api/v1/tasks", EditTask = "PUT /api/v1/tasks/{code}",
        Assess = "POST /api/v1/incidents/{code}/assessment", Correct = "POST /api/v1/incidents/{code}/timestamps",
        Batch = "POST /api/v1/gate/batches:check", Policy = "PUT /api/v1/policy";

    /// <summary>Members that are optional, but that later steps of the story need.</summary>
    private static readonly Dictionary<string, string[]> NeededLater = new()
    {
        [Register] = ["deputies", "regions", "categories", "lawfulBasis", "ttlSeconds", "gracePeriodSeconds", "renewalSeconds"],
        [Edit] = ["deputies", "regions", "categories", "lawfulBasis", "ttlSeconds", "gracePeriodSeconds", "renewalSeconds"],
        [Key] = ["programs"],
        [Task] = ["kind", "owner"],
        [EditTask] = ["owner"],
        [Propose] = ["until"],
        [Assess] = ["identifiability"],
        [Correct] = ["at"],
        [Batch] = ["permits"],
        [Policy] = ["levels"],
    };

    /// <summary>Their smallest body, with values that disturb nothing; it is sent in addition.</summary>
    private static readonly Dictionary<string, Action<JsonObject>> Apart = new()
    {
        [Edit] = b => b["name"] = "Smallest",
        [Register] = b => b["code"] = "SMALLEST",
        [Key] = b => b["scopes"] = new JsonArray("read"),
        [Task] = b => b["what"] = "Smallest",
        [EditTask] = b => b["what"] = "Smallest",
        [Propose] = b => b["outcome"] = "Resume",
        [Assess] = b => b["reason"] = "Smallest",
        [Correct] = b => b["reason"] = "Smallest",
        [Batch] = b => b["digest"] = new string('b', 64),
        // A proposed pause needs its deadline.
        [Policy] = b =>
        {
            foreach (var level in b["levels"]!.AsArray()) level!["pause"] = "AtOnce";
        },
    };

    [Fact]
    public async Task The_smallest_body_of_the_document_is_taken_and_without_a_required_member_it_is_refused()
    {
        await using var story = await CommandStory.StartAsync();
        var document = await OpenApiDocument.ReadAsync(story.As("owner"));
        var (faults, checkedBodies) = (new List<string>(), new HashSet<string>());
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            var (sent, apart) = (step, (JsonObject?)null);
            if (document.Operation(step.Route) is { } operation && document.Body(operation) is { } schema && step.Send is null)
            {
                var body = Object(step.Body(story));
                checkedBodies.Add(step.Route);
                foreach (var name in body.Select(p => p.Key).Where(n => schema["properties"]![n] is null))
                    faults.Add($"{step.Route} takes {name}, which the document does not have");
                foreach (var (member, without) in document.WithoutOne(schema, body))
                    await RefusedAsync(story, step, operation, member, without, faults);
                var smallest = document.Smallest(schema, body);
                if (Apart.TryGetValue(step.Route, out var change)) change(apart = smallest.DeepClone().AsObject());
                foreach (var needed in NeededLater.GetValueOrDefault(step.Route, []))
                    if (body[needed] is { } value) smallest[needed] = value.DeepClone();
                sent = step with { Body = _ => smallest.ToJsonString() };
            }
            var (status, answer) = await TrySendAsync(story, sent);
            if (step.Send is null && document.Operation(step.Route) is { } listed && listed["responses"]![$"{(int)status}"] is null)
                faults.Add($"{step.Route} answers {(int)status}, which is not listed");
            if ((int)status >= 400 && !(step.Act == "gate.held" && status == HttpStatusCode.Locked))
            {
                faults.Add($"{step.Route} with {sent.Body(story)}: {(int)status} {answer}");
                await story.SendAsync(step);
            }
            if (apart is null) continue;
            await TakenAsync(story, step, apart, faults);
            // What it replaced is needed later.
            if (step.Method == HttpMethod.Put) await story.SendAsync(step);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct()));
        var all = document.Operations().Where(o => document.Body(o.Operation) is not null).Select(o => $"{o.Method} {o.Path}").ToHashSet();
        var left = all.Except(checkedBodies.Select(r => System.Text.RegularExpressions.Regex.Replace(r, @":[a-z]+\}", "}")));
        // Sent by a step of its own, with a signature.
        Assert.Equal(["POST /api/v1/collectors/register"], left);
    }

    [Fact]
    public async Task Every_answer_that_an_operation_may_give_is_listed()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("owner");
        var document = await OpenApiDocument.ReadAsync(client);
        var endpoints = Endpoints(hub).ToDictionary(e => e.Route);
        var faults = new List<string>();
        foreach (var (method, path, operation) in document.Operations())
        {
            if (path.StartsWith("/ofrep", StringComparison.Ordinal) || path.StartsWith("/.well-known", StringComparison.Ordinal)) continue;
            var expected = new List<int> { 405, 429 };
            if (operation["requestBody"] is not null) expected.AddRange([413, 415]);
            var keyed = endpoints.Any(e => IdempotencyMiddleware.IsTakenBy(e.Value.Endpoint.Metadata, method) && Same(e.Key, method, path));
            if (keyed) expected.Add(422);
            foreach (var status in expected.Where(s => operation["responses"]![$"{s}"] is null))
                faults.Add($"{method} {path} lacks {status}");
            var named = (operation["parameters"] as JsonArray ?? []).Select(p => p!["name"]?.ToString()).ToList();
            if (named.Contains("Idempotency-Key") != keyed) faults.Add($"{method} {path}: Idempotency-Key");
            if (named.Contains("If-None-Match") != (operation["responses"]!["304"] is not null))
                faults.Add($"{method} {path}: If-None-Match");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.InRange(document.Operations().Count(), 80, 300);
    }

    [Fact]
    public async Task A_read_answers_304_where_the_document_says_so()
    {
        await using var hub = new TestHub { Demo = true };
        var client = await hub.AsAsync("owner");
        var document = await OpenApiDocument.ReadAsync(client);
        var (faults, compared) = (new List<string>(), 0);
        foreach (var (_, path, operation) in document.Operations().Where(o => o.Method == "GET" && !o.Path.Contains('{')))
        {
            using var read = await client.GetAsync(path);
            if (!read.IsSuccessStatusCode || read.Content.Headers.ContentType?.MediaType == "text/event-stream") continue;
            compared++;
            if (read.Headers.ETag is not null != (operation["responses"]!["304"] is not null)) faults.Add($"{path}: {read.Headers.ETag}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.InRange(compared, 5, 100);
    }

    [Fact]
    public async Task Every_schema_has_one_type_and_every_type_a_schema_of_its_own()
    {
        await using var hub = new TestHub();
        var document = await OpenApiDocument.ReadAsync(await hub.AsAsync("owner"));
        var faults = new List<string>();
        foreach (var (name, schema) in document.Schemas) Look(name, schema!, faults);
        foreach (var list in document.Operations().Where(o => o.Method == "GET"))
            if (list.Operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]?["type"]?.ToString() == "array")
                faults.Add($"{list.Path} answers a bare array");
        var options = hub.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        foreach (var shared in OpenApiDocumentation.BodyTypes(Endpoints(hub).Select(e => e.Endpoint), options).GroupBy(t => t.Name)
            .Where(g => g.Count() > 1))
            faults.Add($"{shared.Key} is several types");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task A_number_is_a_number_and_not_a_text()
    {
        await using var hub = new TestHub();
        var owner = await hub.AsAsync("owner");
        ApiCalls.AssertProblem(
            await owner.PostAsync("/api/v1/programs", "{\"code\":\"N\",\"people\":\"12\"}"), HttpStatusCode.BadRequest, "people");
    }

    private static void Look(string at, JsonNode schema, List<string> faults)
    {
        if (schema is not JsonObject own) return;
        var types = own["type"] is JsonArray several ? several.Select(t => t!.ToString()).ToList() : [own["type"]?.ToString() ?? ""];
        if (types.Count(t => t != "null") > 1) faults.Add($"{at}: {string.Join(" or ", types)}");
        if (own["format"] is not null && own["type"] is null) faults.Add($"{at} has a format and no type");
        foreach (var (name, property) in own["properties"] as JsonObject ?? []) Look($"{at}.{name}", property!, faults);
        if (own["items"] is { } items) Look($"{at}[]", items, faults);
    }

    private static async Task RefusedAsync(CommandStory story, CommandStep step, JsonObject operation, string member, JsonObject without,
        List<string> faults)
    {
        var (status, answer) = await TrySendAsync(story, step with { Body = _ => without.ToJsonString() });
        if (operation["responses"]![$"{(int)status}"] is null) faults.Add($"{step.Route} answers {(int)status}, which is not listed");
        if (status != HttpStatusCode.BadRequest) faults.Add($"{step.Route} without {member}: {(int)status} {answer}");
    }

    // Refused perhaps, but not for something that is not in it.
    private static async Task TakenAsync(CommandStory story, CommandStep step, JsonObject body, List<string> faults)
    {
        var (status, answer) = await TrySendAsync(story, step with { Body = _ => body.ToJsonString(), After = null });
        if (status == HttpStatusCode.BadRequest && answer.TryGetProperty("errors", out var errors)
            && errors.EnumerateObject().Any(e => !body.ContainsKey(e.Name.Split('.', '[')[0])))
            faults.Add($"{step.Route} with {body.ToJsonString()}: {(int)status} {answer}");
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> TrySendAsync(CommandStory story, CommandStep step)
    {
        if (step.Send is not null)
        {
            await step.Send(story);
            return (HttpStatusCode.OK, default);
        }
        var (status, answer) = await story.As(step.By).SendAsync(step.Method, step.Path(step.At(story)), step.Body(story));
        if ((int)status < 400 || (step.Act == "gate.held" && status == HttpStatusCode.Locked))
        {
            if (step.After is not null) await step.After(story, answer);
        }
        return (status, answer);
    }

    private static JsonObject Object(object? body)
    {
        var node = (body switch
        {
            null => new JsonObject(),
            string raw => JsonNode.Parse(raw)!,
            JsonNode own => own.DeepClone(),
            _ => JsonSerializer.SerializeToNode(body)!,
        }).AsObject();
        foreach (var name in node.Where(p => p.Value is null).Select(p => p.Key).ToList()) node.Remove(name);
        return node;
    }

    private static bool Same(string route, string method, string path) =>
        System.Text.RegularExpressions.Regex.Replace(route, @":[a-z]+\}", "}") == $"{method} {path}";

    private static IEnumerable<(string Route, RouteEndpoint Endpoint)> Endpoints(TestHub hub) =>
        hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true)
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(m => ($"{m} {e.RoutePattern.RawText!.TrimEnd('/')}", e)));
}
