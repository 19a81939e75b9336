using System.Net;
using System.Text.Json.Nodes;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>Codes, names from lists and members of enumerations are read in any case and with blanks around them.</summary>
public sealed class CodeInputTests
{
    /// <summary>Members and parameters that are text for people, random, or signed: their case matters.</summary>
    private static readonly HashSet<string> Exact =
    [
        "ApprovalBody.digest", "EvaluationContextBody.targetingKey", "FlagBody.token", "GatePermitBody.permit", "PublicKeyBody.crv",
        "PublicKeyBody.kty", "PublicKeyBody.x", "PublicKeyBody.y", "ReceiptBody.receipt", "ReceiptMessageBody.receipt",
        "LoadReviewBody.timeZone", "PreviewBody.timeZone", "MappingBody.time", "MappingBody.account", "MappingBody.object",
        "MappingBody.action",
        "RegisterBody.proof", "RenewPermits.nonce", "StopBody.ack", "PolicyLevelView.name",
    ];

    /// <summary>Every command of the API, with each of its codes and enumerations typed carelessly: all are accepted.</summary>
    [Fact]
    public async Task Every_command_takes_codes_and_enumerations_in_any_case_and_with_blanks()
    {
        await using var story = await CommandStory.StartAsync();
        var bodies = RequestBodies.Of(story.Hub).ToLookup(b => b.Route, b => b.Body);
        var tried = new HashSet<string>();
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            if (step.Send is not null)
            {
                await story.SendAsync(step);
                continue;
            }
            var body = RequestBodies.Sample(story, step);
            foreach (var (key, path, type) in bodies[step.Route].SelectMany(b => RequestBodies.Members(b)))
            {
                if (!type.IsEnum && (type != typeof(string) || Exact.Contains(key) || TextInputTests.IsText(key))) continue;
                foreach (var value in RequestBodies.Get(body, path).ToList())
                {
                    value.ReplaceWith(Careless(value.GetValue<string>()));
                    tried.Add(key);
                }
            }
            object[] at = [.. step.At(story).Select(v => v is string code && !IsExact(step.Route) ? Careless(code) : v)];
            await story.SendAsync((step.Body(story) is null ? step : step.With(story, body)) with { At = _ => at });
        }
        Assert.InRange(tried.Count, 35, 100);
    }

    [Fact]
    public async Task Every_read_answers_the_same_whatever_the_case_of_its_codes()
    {
        await using var story = await CommandStory.StartAsync();
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            await story.SendAsync(step);
        }
        var values = new Dictionary<string, string>
        {
            ["code"] = "",
            ["name"] = "transcriptions",
            ["program"] = "MCI",
            ["incident"] = "INC-1",
            ["category"] = "clicks",
            ["region"] = "US",
            ["decision"] = "D-1",
            ["status"] = "open",
            ["period"] = "year",
            ["kind"] = "note",
        };
        var (faults, tried) = (new List<string>(), 0);
        foreach (var endpoint in Reads(story.Hub))
        {
            values["code"] = endpoint.RoutePattern.RawText!.Split('/')[3] switch
            {
                "programs" => "MCI",
                "incidents" => "INC-1",
                "flags" => "F-1",
                "tasks" => "T-1",
                "obligations" => "O-1",
                "regimes" => "GDPR",
                "decisions" => "D-1",
                _ => "",
            };
            var (exact, careless) = (PathOf(endpoint, values, v => v), PathOf(endpoint, values, Careless));
            // There is a record of a decision only once it is made: SignedRecordTests.
            if (exact?.EndsWith("/record", StringComparison.Ordinal) != false) continue;
            // The list of collectors needs its program.
            if (exact != "/api/v1/collectors") await CompareAsync(exact, careless!);
            foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>())
            {
                var type = parameter.ParameterInfo.ParameterType;
                var inner = Nullable.GetUnderlyingType(type) ?? type;
                if (endpoint.RoutePattern.Parameters.Any(p => p.Name == parameter.Name)) continue;
                if (inner.IsEnum)
                {
                    foreach (var name in Enum.GetNames(inner))
                        await CompareAsync(Query(name), Query(Careless(name)));
                    var (status, answer) = await story.As("administrator").SendAsync(HttpMethod.Get, Query("nonsense"));
                    if (status != HttpStatusCode.BadRequest
                        || !answer.ToString().Contains(Enum.GetNames(inner)[^1], StringComparison.Ordinal))
                        faults.Add($"{Query("nonsense")}: {answer}");
                }
                else if ((type == typeof(string) || type == typeof(string[])) && values.TryGetValue(parameter.Name, out var value))
                    await CompareAsync(Query(value), Query(Careless(value)));

                string Query(string typed) => $"{exact}?{parameter.Name}={Uri.EscapeDataString(typed)}";
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.InRange(tried, 60, 400);

        async Task CompareAsync(string exact, string careless)
        {
            tried++;
            foreach (var account in (string[])["responder", "administrator", "owner", "privacy", "auditor", "counsel"])
            {
                using var a = await story.As(account).GetAsync(exact);
                using var b = await story.As(account).GetAsync(careless);
                var (wanted, read) = (await a.Content.ReadAsStringAsync(), await b.Content.ReadAsStringAsync());
                // Refusals of the careless call hold its trace, and an export of the audit log records itself. What the hub does by
                // itself, a checkpoint, may fall between two reads: then the next exact one has it, too.
                if (a.StatusCode != b.StatusCode
                    || (a.IsSuccessStatusCode && wanted != read && !exact.Contains("export", StringComparison.Ordinal)
                        && await (await story.As(account).GetAsync(exact)).Content.ReadAsStringAsync() != read))
                    faults.Add($"{account} {careless}: {b.StatusCode} {read}, not {a.StatusCode} {wanted}");
                if (a.StatusCode == HttpStatusCode.OK) return;
            }
            faults.Add($"{exact}: nobody could read it");
        }
    }

    [Fact]
    public async Task A_refusal_of_an_enumeration_lists_what_is_allowed()
    {
        await using var story = await CommandStory.StartAsync();
        var bodies = RequestBodies.Of(story.Hub).ToLookup(b => b.Route, b => b.Body);
        var (faults, tried) = (new List<string>(), new HashSet<string>());
        foreach (var step in CommandSteps.All.Where(s => s.Send is null))
        {
            foreach (var (key, path, type) in bodies[step.Route].SelectMany(b => RequestBodies.Members(b)).Where(m => m.Type.IsEnum))
            {
                tried.Add(key);
                // The item of a list of names is refused in a list.
                if (await ListedAsync(step, path, type, JsonValue.Create("nonsense"))) continue;
                if (!await ListedAsync(step, path, type, new JsonArray("nonsense"))) faults.Add($"{step.Route} {path}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.InRange(tried.Count, 15, 60);

        async Task<bool> ListedAsync(CommandStep step, string path, Type type, JsonNode value)
        {
            foreach (var name in path.Split('.').Reverse())
            {
                value = new JsonObject { [name.Replace("[0]", "", StringComparison.Ordinal)] = value };
                if (name.EndsWith(']')) value = new JsonObject { [name[..^3]] = new JsonArray(value[name[..^3]]!.DeepClone()) };
            }
            // A machine's body is read before its key is checked.
            var sender = step.By.StartsWith('@') ? "administrator" : step.By;
            var address = step.Path([.. Enumerable.Repeat((object)Guid.Empty, 3)]);
            var (status, answer) = await story.As(sender).SendAsync(step.Method, address, value.ToJsonString());
            return status == HttpStatusCode.BadRequest && answer.TryGetProperty("errors", out var errors) && errors.EnumerateObject()
                .Any(e => e.Name.StartsWith(path, StringComparison.Ordinal)
                    && e.Value.ToString().Contains(Enum.GetNames(type)[^1], StringComparison.Ordinal));
        }
    }

    /// <summary>A name of which nothing is usable would be dropped, and an empty list means something else.</summary>
    [Fact]
    public async Task A_category_or_region_that_is_none_is_refused_at_its_field()
    {
        await using var story = await CommandStory.StartAsync();
        var bodies = RequestBodies.Of(story.Hub).ToLookup(b => b.Route, b => b.Body);
        var (faults, tried) = (new List<string>(), new HashSet<string>());
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            foreach (var (key, path) in bodies[step.Route].SelectMany(b => RequestBodies.Texts(b))
                .Where(m => m.Path is "categories" or "regions" or "region"))
            {
                var body = RequestBodies.Sample(story, step);
                body[path] = path == "region" ? JsonValue.Create("位置") : new JsonArray("位置");
                var (status, answer) = await story.As(step.By).SendAsync(step.Method, step.Path(step.At(story)), body.ToJsonString());
                tried.Add(key);
                if (status != HttpStatusCode.BadRequest || !answer.GetProperty("errors").TryGetProperty(path, out _))
                    faults.Add($"{step.Route} {path}: {status} {answer}");
            }
            await story.SendAsync(step);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.InRange(tried.Count, 8, 20);
    }

    // Keys of signing keys and of jobs are random.
    private static bool IsExact(string route) =>
        route.Contains("/signing-keys/", StringComparison.Ordinal) || route.Contains("/jobs/", StringComparison.Ordinal);

    private static string Careless(string code) =>
        $" {string.Concat(code.Select((c, i) => i % 2 == 0 ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)))}\u00A0";

    private static IEnumerable<RouteEndpoint> Reads(TestHub hub) => hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiEndpoint>() is not null
            && e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true);

    /// <summary>The path with these values; null where it needs an id.</summary>
    private static string? PathOf(RouteEndpoint endpoint, Dictionary<string, string> values, Func<string, string> typed)
    {
        var path = endpoint.RoutePattern.RawText!;
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            if (parameter.ParameterPolicies.Count > 0 || !values.TryGetValue(parameter.Name, out var value) || value.Length == 0)
                return null;
            path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(typed(value)), StringComparison.Ordinal);
        }
        return path.TrimEnd('/');
    }
}
