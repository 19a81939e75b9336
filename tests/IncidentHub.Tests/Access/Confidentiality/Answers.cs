using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IncidentHub.Tests.Access.Confidentiality;

/// <summary>
/// An answer without what differs between two runs of the same story: ids become numbers in the order of their appearance, times lose the
/// part below a second, random secrets, cursors and digests become words.
/// </summary>
internal static partial class Answers
{
    // Random, or derived from random ids.
    private static readonly string[] Random = ["nextCursor", "traceId", "requestId", "prefix", "digest", "kid", "x", "y", "hostPseudonym"];

    public static string Of(JsonNode? answer)
    {
        var ids = new Dictionary<string, string>();
        var copy = answer?.DeepClone();
        Normalise(copy, ids);
        return copy?.ToJsonString(Indented) ?? "";
    }

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static void Normalise(JsonNode? node, Dictionary<string, string> ids)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.ToList())
                {
                    if (value is JsonValue v && v.TryGetValue<string>(out var text))
                        o[name] = Random.Contains(name) ? $"a {name}" : Text(text, ids);
                    else Normalise(value, ids);
                }
                break;
            case JsonArray a:
                for (var n = 0; n < a.Count; n++)
                {
                    if (a[n] is JsonValue v && v.TryGetValue<string>(out var text)) a[n] = Text(text, ids);
                    else Normalise(a[n], ids);
                }
                break;
        }
    }

    private static string Text(string text, Dictionary<string, string> ids)
    {
        text = Id().Replace(text, m => ids.TryGetValue(m.Value, out var known) ? known : ids[m.Value] = $"#{ids.Count + 1}");
        text = Hash().Replace(text, "a hash");
        return Time().Replace(text, m => DateTimeOffset.Parse(m.Value, CultureInfo.InvariantCulture).ToString("yyyy-MM-ddTHH:mm:ssZ",
            CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("\\b[0-9a-f]{64}\\b")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")]
    private static partial Regex Time();
}
