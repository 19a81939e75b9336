using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IncidentHub.Tests.Platform.Http;

namespace IncidentHub.Tests.Fuzz;

/// <summary>
/// Random values for parameters and bodies: what the schema allows, its boundaries, and what it does not allow. Bodies are written as
/// text, so that they can be broken.
/// </summary>
internal sealed class FuzzValues(OpenApiDocument document, IReadOnlyDictionary<string, string[]> known)
{
    private const int MaxDepth = 6;

    private static readonly string[] Texts =
    [
        "", " ", "\u0000", "\t\r\n", "a", "0", "-1", "null", "true", "[]", "{}", "NaN", "1e999", "9223372036854775808", "-0",
        "'; DROP TABLE Incident; --", "\" OR 1=1", "%", "_", "[a-z]", "..", "../../etc/passwd", "<script>alert(1)</script>",
        "${7*7}", "{{7*7}}",
        "%00", "%ff%fe", "\ud800", "\udfff\ud800", "\u202e", "\ufeff", "\u0301\u0301\u0301", "ﷺ", "İ", "ß", "ﬁ",
        "e\u0301", "\U0001F468\u200D\U0001F469\u200D\U0001F467",
        "2026-02-30T25:61:61Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999+14:00", "2026-06-18T13:50:00Z", "2026-06-18",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{0199a6c2-0000-7000-8000-000000000000}",
        "P1D", "20 min", "-5 min", "999999999999 h", "Sev0", "Resume", "Live", "http://127.0.0.1:1/", "file:///etc/passwd",
    ];

    /// <summary>The text of a value of the schema, or of none.</summary>
    /// <param name="wild">How likely a value is that the schema does not allow.</param>
    public string Json(JsonNode? schema, string name, Random random, double wild, int depth = 0)
    {
        if (schema is null || depth > MaxDepth || random.NextDouble() < wild) return Wild(random, depth);
        var resolved = schema["$ref"] is null && schema["oneOf"] is null ? schema.AsObject() : document.Resolve(schema);
        if (resolved["enum"] is JsonArray { Count: > 0 } members)
            return Text(members[random.Next(members.Count)]?.GetValue<string>() is { } member ? Case(member, random) : null);
        return TypeOf(resolved, random) switch
        {
            "object" => Object(resolved, random, wild, depth),
            "array" => "[" + string.Join(',', Enumerable.Range(0, Count(random)).Select(_ =>
                Json(resolved["items"], name, random, wild, depth + 1))) + "]",
            "integer" => Integer(random),
            "number" => Number(random),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "null" => "null",
            _ => Text(Word(name, resolved["format"]?.ToString(), random)),
        };
    }

    /// <summary>A parameter's value, not yet encoded.</summary>
    public string Parameter(string name, JsonNode? schema, Random random, double wild)
    {
        if (random.NextDouble() < wild) return Any(random);
        var resolved = schema is null ? null : document.Resolve(schema);
        if (resolved?["enum"] is JsonArray { Count: > 0 } members)
            return Case(members[random.Next(members.Count)]?.ToString() ?? "", random);
        return (resolved is null ? "string" : TypeOf(resolved, random)) switch
        {
            "integer" => Integer(random),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            _ => Word(name, resolved?["format"]?.ToString(), random),
        };
    }

    public static string Any(Random random) => random.Next(40) switch
    {
        0 => new string('x', random.Next(1, 100_000)),
        1 => string.Concat(Enumerable.Repeat("\U0001F600", random.Next(1, 3000))),
        < 6 => new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(1, 0x3000))]),
        _ => Texts[random.Next(Texts.Length)],
    };

    private string Object(JsonObject schema, Random random, double wild, int depth)
    {
        var required = OpenApiDocument.Required(schema).ToHashSet();
        var members = new List<string>();
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (random.NextDouble() < (required.Contains(name) ? wild / 4 : 0.5)) continue;
            var written = Text(random.NextDouble() < wild / 8 ? Case(name, random) : name);
            members.Add($"{written}:{Json(property, name, random, wild / 2, depth + 1)}");
        }
        if (members.Count > 0 && random.NextDouble() < wild / 4) members.Add(members[random.Next(members.Count)]);
        if (random.NextDouble() < wild / 8) members.Add($"{Text(Any(random))}:{Wild(random, depth)}");
        return "{" + string.Join(',', members) + "}";
    }

    private string Word(string name, string? format, Random random)
    {
        if (known.TryGetValue(name, out var values) && random.Next(8) != 0) return values[random.Next(values.Length)];
        if (format == "date-time" || name.EndsWith("At", StringComparison.Ordinal) || name.EndsWith("Since", StringComparison.Ordinal))
        {
            return new DateTimeOffset(2026, 6, 18, 13, 50, 0, TimeSpan.Zero).AddMinutes(random.Next(-500_000, 500_000))
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }
        if (format == "uuid") return known["id"][random.Next(known["id"].Length)];
        return random.Next(3) == 0 ? Any(random) : $"{name} {random.Next(1000)}";
    }

    private static string TypeOf(JsonObject schema, Random random)
    {
        if (schema["type"] is JsonArray several) return several[random.Next(10) == 0 ? several.Count - 1 : 0]!.ToString();
        return schema["type"]?.ToString() ?? (schema["properties"] is null ? "string" : "object");
    }

    private static int Count(Random random) => random.Next(20) switch { 0 => 0, 1 => random.Next(50, 400), _ => random.Next(1, 4) };

    private static string Integer(Random random) => random.Next(6) switch
    {
        0 => "0",
        1 => ((string[])["-1", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "99999999999999999999", "1.0", "1e3"])
            [random.Next(8)],
        _ => random.Next(1, 300).ToString(CultureInfo.InvariantCulture),
    };

    private static string Number(Random random) => random.Next(5) == 0
        ? ((string[])["-0.0", "1e308", "1e999", "0.1", "-1e-320"])[random.Next(5)]
        : (random.NextDouble() * 4).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Wild(Random random, int depth) => random.Next(8) switch
    {
        0 => "null",
        1 => Integer(random),
        2 => random.Next(2) == 0 ? "true" : "false",
        3 => "[" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Text(Any(random)))) + "]",
        4 => "{" + Text(Any(random)) + ":1}",
        5 when depth < 2 => string.Concat(Enumerable.Repeat("[", random.Next(1, 200))),
        _ => Text(Any(random)),
    };

    private static string Case(string text, Random random) => random.Next(6) switch
    {
        0 => text.ToUpperInvariant(),
        1 => text.ToLowerInvariant(),
        2 => " " + text + " ",
        _ => text,
    };

    // Half surrogates stay, as an escape.
    private static string Text(string? text)
    {
        if (text is null) return "null";
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (char.IsSurrogate(c) || c is < ' ' or '"' or '\\') json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else json.Append(c);
        }
        return json.Append('"').ToString();
    }
}
