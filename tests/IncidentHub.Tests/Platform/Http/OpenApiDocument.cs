using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>The OpenAPI document of a hub, as a client generator reads it.</summary>
internal sealed partial class OpenApiDocument(JsonNode root)
{
    public static async Task<OpenApiDocument> ReadAsync(HttpClient client) =>
        new(JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!);

    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations() =>
        from path in root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Value is JsonObject
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    public JsonObject Schemas => root["components"]!["schemas"]!.AsObject();

    /// <summary>The operation of a route, such as <c>POST /api/v1/keys/{id:guid}/revoke</c>.</summary>
    public JsonObject? Operation(string route)
    {
        var (method, path) = (route.Split(' ')[0].ToLowerInvariant(), Constraint().Replace(route.Split(' ')[1], "}"));
        return root["paths"]![path]?[method]?.AsObject();
    }

    /// <summary>The schema of the body; null where the operation takes none.</summary>
    public JsonObject? Body(JsonObject operation) =>
        operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Resolve(schema) : null;

    public JsonObject Resolve(JsonNode schema)
    {
        if (schema["$ref"] is { } reference) return Schemas[reference.GetValue<string>().Split('/')[^1]]!.AsObject();
        if (schema["oneOf"] is JsonArray either) return Resolve(either.First(s => s!["type"]?.ToString() != "null")!);
        return schema.AsObject();
    }

    public static IEnumerable<string> Required(JsonObject schema) =>
        (schema["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>());

    /// <summary>The body with what must be sent only: its own values, and the first member of which one is required.</summary>
    public JsonObject Smallest(JsonObject schema, JsonObject body)
    {
        var smallest = new JsonObject();
        var one = (schema["anyOf"] as JsonArray ?? []).Select(s => Required(s!.AsObject())).FirstOrDefault(g => g.All(body.ContainsKey));
        foreach (var name in Required(schema).Concat(one ?? []))
        {
            var part = Resolve(schema["properties"]![name]!);
            smallest[name] = body[name] switch
            {
                JsonObject child => Smallest(part, child),
                JsonArray list when part["items"] is { } items => new JsonArray([.. list.Select(i =>
                    i is JsonObject child ? Smallest(Resolve(items), child) : i?.DeepClone())]),
                var value => value?.DeepClone(),
            };
        }
        return smallest;
    }

    /// <summary>The body without each member that must be sent, also of the objects in it.</summary>
    public IEnumerable<(string Member, JsonObject Body)> WithoutOne(JsonObject schema, JsonObject body)
    {
        foreach (var path in Members(schema, body))
        {
            var without = body.DeepClone().AsObject();
            JsonNode at = without;
            foreach (var step in path[..^1]) at = step is int index ? at[index]! : at[(string)step]!;
            at.AsObject().Remove((string)path[^1]);
            yield return (string.Join('.', path), without);
        }
    }

    private IEnumerable<object[]> Members(JsonObject schema, JsonObject body)
    {
        foreach (var name in Required(schema)) if (body.ContainsKey(name)) yield return [name];
        foreach (var (name, value) in body)
        {
            if (schema["properties"]![name] is not { } property) continue;
            var part = Resolve(property);
            if (value is JsonObject child)
            {
                foreach (var path in Members(part, child)) yield return [name, .. path];
            }
            else if (value is JsonArray { Count: > 0 } list && list[0] is JsonObject first && part["items"] is { } items)
            {
                foreach (var path in Members(Resolve(items), first)) yield return [name, 0, .. path];
            }
        }
    }

    [GeneratedRegex(@":[a-z]+\}")]
    private static partial Regex Constraint();
}
