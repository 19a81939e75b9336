using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Platform.Http;

namespace IncidentHub.Tests.Fuzz;

/// <summary>Makes random requests from the operations of the OpenAPI document.</summary>
internal sealed partial class FuzzRequest(OpenApiDocument document, FuzzValues values)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW"];
    private static readonly string[] Types =
    [
        "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json;charset=\"utf-8\"", "text/csv", "application/merge-patch+json", "*/*", "application/json; charset=nope",
    ];

    private static readonly (string Name, Func<Random, string> Value)[] Headers =
    [
        // Few keys, so that callers meet on them.
        ("Idempotency-Key", r => r.Next(4) == 0 ? FuzzValues.Any(r) : $"key-{r.Next(30)}"),
        ("If-Match", r => ((string[])["*", "\"1-abc\"", "\"2\"", "W/\"1-abc\"", "x", "\"999999999999-a\"", "\"1-a\", \"2-b\""])[r.Next(7)]),
        ("If-None-Match", r => ((string[])["*", "\"1-abc\"", "W/\"1\"", "\"a\",\"b\"", ","])[r.Next(5)]),
        ("Accept", r => ((string[])["*/*", "text/html", "application/xml", "application/json;q=0", "text/event-stream", ";"])[r.Next(6)]),
        ("Accept-Encoding", r => ((string[])["gzip", "br", "identity;q=0", "deflate, gzip;q=2", "*"])[r.Next(5)]),
        ("Content-Encoding", r => ((string[])["gzip", "br", "deflate", "identity", "zstd", "gzip, br"])[r.Next(6)]),
        ("Range", r => ((string[])["bytes=0-10", "bytes=-1", "bytes=5-1", "lines=1", "bytes=0-99999999999999999999"])[r.Next(5)]),
        ("Authorization", r => ((string[])["Bearer", "Bearer ihk_", "Basic dXNlcjpwYXNz", "Bearer " + new string('a', 90), "ihk_x",
            "Bearer a.b.c"])[r.Next(6)]),
        ("X-API-Key", r => ((string[])["ihk_" + new string('a', 43), "x", ""])[r.Next(3)]),
        ("X-Correlation-Id", FuzzValues.Any),
        ("X-Forwarded-For", r => ((string[])["127.0.0.1", "999.1.1.1", "::1", "a, b"])[r.Next(4)]),
        ("X-Forwarded-Host", _ => "evil.example"),
        ("X-HTTP-Method-Override", _ => "DELETE"),
        ("Origin", r => ((string[])["https://evil.example", "null", "http://localhost"])[r.Next(3)]),
        ("Sec-Fetch-Site", r => ((string[])["cross-site", "same-origin", "none", "x"])[r.Next(4)]),
        ("Cookie", r => ((string[])["incidenthub=x", "incidenthub=CfDJ8" + new string('A', 200), "tz=../../x; theme=dark", ";;;="])
            [r.Next(4)]),
        ("traceparent", r => ((string[])["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x", "00-0-0-0"])[r.Next(3)]),
        ("Expect", _ => "100-continue"),
    ];

    // «code» is another thing below each of these.
    private static readonly string[] Things = ["program", "incident", "decision", "flag", "task"];

    private readonly List<(string Method, string Path, JsonObject Operation)> _operations = [.. document.Operations()];

    public int Operations => _operations.Count;

    /// <summary>The request, and the operation that it was made from.</summary>
    public (HttpRequestMessage Request, string Operation) Next(Random random)
    {
        var (method, path, operation) = _operations[random.Next(_operations.Count)];
        var wild = random.Next(10) switch { < 4 => 0.0, < 8 => 0.15, _ => 0.7 };
        var verb = random.Next(40) == 0 ? Methods[random.Next(Methods.Length)] : method;
        var request = new HttpRequestMessage(new HttpMethod(verb), Address(path, operation, random, wild));
        if (method != "GET" || random.Next(30) == 0) request.Content = Body(operation, random, wild);
        if (wild > 0)
        {
            for (var n = random.Next(4); n > 0; n--)
            {
                var (name, value) = Headers[random.Next(Headers.Length)];
                if (!request.Headers.TryAddWithoutValidation(name, Clean(value(random))))
                    request.Content?.Headers.TryAddWithoutValidation(name, Clean(value(random)));
            }
        }
        else if (random.Next(3) == 0) request.Headers.TryAddWithoutValidation("Idempotency-Key", $"key-{random.Next(30)}");
        return (request, $"{method} {path}");
    }

    private Uri Address(string path, JsonObject operation, Random random, double wild)
    {
        var parameters = (operation["parameters"] as JsonArray ?? []).Select(p => p!.AsObject()).ToList();
        var thing = Things.FirstOrDefault(t => path.StartsWith($"/api/v1/{t}s/", StringComparison.Ordinal));
        string NameOf(string name) => name == "code" && thing is not null ? thing : name;
        JsonNode? SchemaOf(string name) => parameters.FirstOrDefault(p => p["name"]!.ToString() == name)?["schema"];
        var filled = Placeholder().Replace(path, m =>
            // The test server takes no null character in a path; Kestrel refuses it.
            Uri.EscapeDataString(Cut(values.Parameter(NameOf(m.Groups[1].Value), SchemaOf(m.Groups[1].Value), random, wild / 2), 2000)
                .Replace("\0", "", StringComparison.Ordinal)));
        if (random.Next(100) == 0) filled += ((string[])["/", "//x", "/%2e%2e", ";a=b", ".json"])[random.Next(5)];
        var query = new List<string>();
        foreach (var parameter in parameters.Where(p => p["in"]!.ToString() == "query"))
        {
            if (random.Next(3) != 0) continue;
            var name = parameter["name"]!.ToString();
            for (var n = random.NextDouble() < wild / 4 ? 2 : 1; n > 0; n--)
                query.Add($"{name}={Uri.EscapeDataString(Cut(values.Parameter(name, parameter["schema"], random, wild), 2000))}");
        }
        if (random.NextDouble() < wild / 8) query.Add(((string[])["nope=1", "&&=", "%ff=%ff", "a[]=1", "limit=0&limit=1"])[random.Next(5)]);
        return new Uri(query.Count == 0 ? filled : $"{filled}?{string.Join('&', query)}", UriKind.Relative);
    }

    private ByteArrayContent Body(JsonObject operation, Random random, double wild)
    {
        var content = (operation["requestBody"]?["content"] as JsonObject)?.FirstOrDefault();
        var text = content is { Value: { } body } ? values.Json(body["schema"], "", random, wild) : random.Next(3) == 0 ? "{}" : "";
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.NextDouble() < wild / 4) bytes = Broken(bytes, random);
        var made = new ByteArrayContent(bytes);
        var type = random.NextDouble() < wild / 4 ? Types[random.Next(Types.Length)] : "application/json";
        if (random.NextDouble() >= wild / 10)
            made.Headers.ContentType = MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed : null;
        return made;
    }

    private static byte[] Broken(byte[] body, Random random)
    {
        switch (random.Next(8))
        {
            case 0: return body[..random.Next(body.Length + 1)];
            case 1: return [0xEF, 0xBB, 0xBF, .. body];
            case 2: return [.. body, .. body];
            case 3: return [.. body, .. ",]}"u8];
            case 4: return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 3000))));
            case 5: return new byte[random.Next(60) == 0 ? 3 * 1024 * 1024 : random.Next(2000)];
            case 6: return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body));
            default:
                var some = body.ToArray();
                for (var n = 0; n < 4 && some.Length > 0; n++) some[random.Next(some.Length)] = (byte)random.Next(256);
                return some;
        }
    }

    // What a client cannot send at all.
    private static string Clean(string value) => Cut(new string([.. value.Where(c => c is >= ' ' and < '\x7f')]), 4000);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
