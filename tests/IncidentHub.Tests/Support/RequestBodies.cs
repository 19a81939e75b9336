using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using IncidentHub.Tests.Access.Audit;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Support;

/// <summary>The bodies that the API takes, and their members.</summary>
internal static class RequestBodies
{
    /// <summary>Each command with the type of its body.</summary>
    public static IEnumerable<(string Route, Type Body)> Of(TestHub hub) => hub.Services.GetRequiredService<EndpointDataSource>()
        .Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null)
        .Select(e => ($"{e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]} {e.RoutePattern.RawText!.TrimEnd('/')}",
            e.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!));

    /// <summary>The text members of a body: «Type.member», and the path in the body.</summary>
    public static IEnumerable<(string Key, string Path)> Texts(Type body) =>
        Members(body).Where(m => m.Type == typeof(string)).Select(m => (m.Key, m.Path));

    /// <summary>All members, those of inner objects included; of a list its first item.</summary>
    public static IEnumerable<(string Key, string Path, Type Type)> Members(Type body, string prefix = "")
    {
        foreach (var property in body.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var (inner, isList) = ElementOf(property.PropertyType);
            if (inner.Assembly != typeof(Program).Assembly || inner is not { IsEnum: false, IsClass: true })
            {
                yield return ($"{NameOf(body)}.{name}", prefix + name, inner);
                continue;
            }
            foreach (var member in Members(inner, prefix + name + (isList ? "[0]." : "."))) yield return member;
        }
    }

    // A body of a change that differs from that of a registration only in what is required has its rules.
    private static string NameOf(Type body) => body.BaseType == typeof(object) ? body.Name : body.BaseType!.Name;

    /// <summary>The body of the step; empty where it has none.</summary>
    public static JsonNode Sample(CommandStory story, CommandStep step)
    {
        if (step.Route == "POST /api/v1/collectors/register")
            return new JsonObject { ["instanceName"] = "a", ["hostPseudonym"] = "b", ["version"] = "1" };
        return step.Body(story) switch
        {
            null => new JsonObject(),
            string raw => JsonNode.Parse(raw)!,
            var body => JsonSerializer.SerializeToNode(body, JsonSerializerOptions.Web)!,
        };
    }

    /// <summary>The step with that sample as its body; one that is not sent as JSON stays as it is.</summary>
    public static CommandStep With(this CommandStep step, CommandStory story, JsonNode sample) =>
        step.Send is not null || step.Body(story) is FormBody ? step : step with { Body = _ => sample.ToJsonString() };

    /// <summary>Sets a text, or the only item of a list of texts. False where the sample lacks what the path leads through.</summary>
    public static bool Set(JsonNode body, string path, string value)
    {
        var steps = path.Split('.');
        if (Parent(body, steps) is not { } parent) return false;
        parent[steps[^1]] = steps[^1] == "surfaces" || parent[steps[^1]] is JsonArray ? new JsonArray(value) : JsonValue.Create(value);
        return true;
    }

    /// <summary>The values at a path: one, or the items of a list; none where the sample has none.</summary>
    public static IEnumerable<JsonValue> Get(JsonNode body, string path)
    {
        var steps = path.Split('.');
        return Parent(body, steps)?[steps[^1]] switch
        {
            JsonValue one => [one],
            JsonArray list => list.OfType<JsonValue>(),
            _ => [],
        };
    }

    private static JsonNode? Parent(JsonNode body, string[] steps)
    {
        for (var i = 0; i < steps.Length - 1; i++)
        {
            var next = body[steps[i].Replace("[0]", "", StringComparison.Ordinal)];
            if (next is JsonArray { Count: > 0 } list) next = list[0];
            if (next is not JsonObject) return null;
            body = next;
        }
        return body;
    }

    private static (Type Inner, bool IsList) ElementOf(Type type)
    {
        var list = type == typeof(string) ? null : type.GetInterfaces().Append(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        var inner = list is null ? type : list.GetGenericArguments()[0];
        return (Nullable.GetUnderlyingType(inner) ?? inner, list is not null);
    }
}
