using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>A request of the API, or a query of a page, that is asked in both worlds.</summary>
/// <param name="Ask">The answer for that account.</param>
internal sealed record Question(string Name, Func<World, string, Task<JsonNode?>> Ask)
{
    public static Question Get(string path) => new($"GET {path}", (w, account) => SendAsync(w, account, HttpMethod.Get, path, null));

    public static Question Send(HttpMethod method, string path, object body) =>
        new($"{method} {path} {JsonSerializer.Serialize(body)}", (w, account) => SendAsync(w, account, method, path, body));

    public static async Task<JsonNode?> SendAsync(World world, string account, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await (await world.AsAsync(account)).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.False((int)answer.StatusCode >= 500, $"{method} {path}: {text}");
        return new JsonObject
        {
            ["status"] = (int)answer.StatusCode,
            ["body"] = answer.Content.Headers.ContentType?.MediaType switch
            {
                "application/x-ndjson" => Lines(text),
                { } type when type.EndsWith("json", StringComparison.Ordinal) => JsonNode.Parse(text),
                _ => text,
            },
        };
    }

    // No two signatures of the same are alike.
    private static JsonArray Lines(string text) => new([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => !l.StartsWith("{\"signature\"", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l))]);
}

/// <summary>Makes the questions from the route table: a new route or query parameter needs values here, or the test fails.</summary>
/// <param name="secrets">Codes and ids of the secret: they are asked for in both worlds.</param>
internal sealed class Questions(World world, IReadOnlyList<string> secrets)
{
    private static readonly string[] WithCode =
        ["incidents", "tasks", "decisions", "obligations", "statements", "notices", "evidence", "access-reviews"];

    // The audit log shows acts of hidden subjects under a pseudonym. A stream does not end. The others belong to machines, or take a token.
    private static readonly string[] Left = ["/api/v1/audit", "/api/v1/collectors/events"];

    private readonly HashSet<string> _unknown = [];

    private readonly IReadOnlyDictionary<string, string[]> _parameters = new Dictionary<string, string[]>
    {
        ["status"] = ["Investigating", "Open", "Merged"],
        ["sev"] = ["2"],
        ["program"] = ["MCI", "TWO", "OTHER", "NOPE"],
        ["incident"] = ["INC-3", "INC-9", .. secrets],
        ["decision"] = ["D-1", "D-9", .. secrets],
        ["q"] = ["zirconium", "names people", "transcriptions", "MCI", "INC-R", "responder"],
        ["asOf"] = ["2026-06-18T13:53:00Z"],
        ["from"] = ["2026-06-18T00:00:00Z"],
        ["to"] = ["2026-06-19T00:00:00Z"],
        ["updatedSince"] = ["2026-06-18T00:00:00Z"],
        ["person"] = ["responder", "owner-2", "privacy"],
        ["mine"] = ["true"],
        ["overdue"] = ["true"],
        ["late"] = ["true"],
        ["regime"] = ["GDPR", "SEC-8K", "NONE"],
        ["open"] = ["true", "false"],
        ["undecided"] = ["true", "false"],
        ["services"] = ["true", "false"],
        ["pinned"] = ["true"],
        ["classification"] = ["Confidential"],
        ["encryptionAtRest"] = ["No"],
        ["overExposed"] = ["true"],
        ["updateDueBy"] = ["2026-07-18T00:00:00Z"],
        ["shelf"] = ["Open", "AwaitingMe", "Closed", "All"],
        ["kind"] = ["Fix", "General", "pause", "decision", "note"],
        ["state"] = ["waiting"],
        ["show"] = ["Due", "Late", "Completed"],
        ["lifecycle"] = ["Live"],
        ["category"] = ["keystrokes", "transcriptions"],
        ["region"] = ["US"],
        ["class"] = ["A", "B", "C"],
        ["batchClass"] = ["A"],
        ["period"] = ["quarter", "year"],
        ["limit"] = ["1", "250"],
        ["cursor"] = [],
        ["after"] = [],
    };

    /// <summary>Parameters without values, after <see cref="Gets"/>.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    public IEnumerable<Question> Gets()
    {
        foreach (var endpoint in world.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ApiEndpoint>() is null) continue;
            if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != true) continue;
            var route = endpoint.RoutePattern.RawText!.TrimEnd('/');
            if (Left.Any(left => route.StartsWith(left, StringComparison.Ordinal))) continue;
            var inPath = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToList();
            var query = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
                .Where(p => p.ParameterInfo.ParameterType is var t
                    && (t == typeof(string) || t.IsArray || Nullable.GetUnderlyingType(t) is not null))
                .Select(p => p.Name).Where(n => !inPath.Contains(n)).ToList();
            foreach (var path in Paths(endpoint.RoutePattern))
            {
                yield return Question.Get(path);
                foreach (var name in query)
                {
                    if (!_parameters.TryGetValue(name, out var values)) _unknown.Add($"{route}?{name}");
                    foreach (var value in values ?? []) yield return Question.Get($"{path}?{name}={Uri.EscapeDataString(value)}");
                }
            }
        }
    }

    /// <summary>Commands on the secret by somebody who has heard its codes, and commands that name it.</summary>
    public IEnumerable<Question> Refused()
    {
        foreach (var endpoint in world.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ApiEndpoint>() is null) continue;
            var route = endpoint.RoutePattern.RawText!.TrimEnd('/');
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];
            var isOfOne = WithCode.Any(t => route.StartsWith($"/api/v1/{t}/{{code}}"));
            if (method == "GET" || !isOfOne) continue;
            foreach (var path in Paths(endpoint.RoutePattern).Where(p => secrets.Any(s => p.Contains($"/{s}/") || p.EndsWith($"/{s}"))))
            {
                yield return Question.Send(new(method), path, new { });
                yield return Question.Send(new(method), path, new { reason = "x", note = "x", what = "x", body = "x", evidence = "x" });
            }
        }
        foreach (var secret in secrets.Append("INC-R7K2QD"))
        {
            yield return Question.Send(HttpMethod.Post, "/api/v1/tasks", new { what = "x", incident = secret });
            yield return Question.Send(HttpMethod.Post, "/api/v1/programs/NOPE/pauses", new { reason = "x", incidentCode = secret });
            yield return Question.Send(HttpMethod.Post, "/api/v1/incidents/INC-3/merge", new { into = secret, reason = "x" });
            yield return Question.Send(HttpMethod.Post, "/api/v1/flags/F-2/merge", new { incident = secret });
        }
        foreach (var path in (string[])["incidents/INC-3/contain", "tasks/T-2/complete", "obligations/O-1/trigger",
            "statements/S-1/withdraw", "decisions/D-1/withdraw", "programs/MCI/launch", "programs/MCI/safeguards/2/verify",
            "flags/F-1/dismiss"])
        {
            yield return Question.Send(HttpMethod.Post, $"/api/v1/{path}",
                new { note = "x", reason = "x", holds = true, evidence = "x", expectedVersion = 0 });
        }
    }

    private IEnumerable<string> Paths(RoutePattern pattern)
    {
        IEnumerable<string> paths = [""];
        foreach (var segment in pattern.PathSegments)
        {
            var part = segment.Parts[0];
            if (part is RoutePatternLiteralPart literal) paths = paths.Select(p => $"{p}/{literal.Content}");
            else if (part is RoutePatternParameterPart parameter)
            {
                paths = paths.SelectMany(p =>
                    ValuesOf(p.Split('/').LastOrDefault(s => s.Length > 0)!, parameter.Name).Select(v => $"{p}/{v}"));
            }
        }
        return paths;
    }

    private IEnumerable<string> ValuesOf(string of, string parameter) => (of, parameter) switch
    {
        ("programs", _) => ["MCI", "TWO", "OTHER", "NOPE"],
        ("incidents", _) => ["INC-1", "INC-2", "INC-3", "INC-4", "INC-5", "INC-6", .. secrets],
        ("tasks", _) => ["T-1", "T-2", "T-3", "T-4", "T-5", "T-6", .. secrets],
        ("obligations", _) => ["O-1", "O-2", "O-3", "O-4", .. secrets],
        ("access-reviews", _) => ["AR-NOTONE", .. secrets],
        ("accounts", "number") => ["0"],
        ("statements", _) => ["S-1", "S-2", .. secrets],
        ("notices", _) => ["INC-1", "INC-2", "INC-3", "INC-4", .. secrets],
        ("causes", _) => ["01926e50-0000-7000-8000-000000000001"],
        ("regimes", _) => ["GDPR"],
        ("holiday-calendars", "calendar") => ["US-FEDERAL"],
        ("US-FEDERAL", "year") => ["2026"],
        ("decisions", _) => ["D-1", "D-2", "D-3", "D-4", .. secrets],
        ("flags", _) => ["F-1", "F-2", "F-3"],
        ("evidence", _) => ["E-1", "E-2", .. secrets],
        ("datasets", _) => ["transcriptions", "summaries", "none"],
        ("versions", _) => ["1", "2"],
        // Ids are random: those of the secret, which do not exist in the other world. Pauses are listed.
        (_, "id") => secrets.Where(s => Guid.TryParse(s, out var _)),
        ("files", "number") => ["1"],
        ("opinions" or "requests", "number") => ["1", "2", "3"],
        ("roles", "role") => ["Scribe"],
        ("related", "other") => ["INC-1", .. secrets],
        (_, "account") => ["responder"],
        ("criteria", "kind") => ["RootCauseKnown"],
        (_, "program") => ["MCI"],
        _ => throw new InvalidOperationException($"{of}/{{{parameter}}}: give it values here."),
    };
}
