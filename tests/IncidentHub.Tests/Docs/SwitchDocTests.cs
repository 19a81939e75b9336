using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IncidentHub.Collector;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Docs;

/// <summary>Runs the examples of docs/switch.md in order, unmodified.</summary>
public sealed partial class SwitchDocTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _have = [];
    private SwitchWorld _world = null!;
    private TestCollector _collector = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        (_collector, _http) = (new TestCollector(_world), _world.Hub.CreateClient());
        _have["enrolment key"] = await _world.EnrolmentKeyAsync("US");
        _have["gate key"] = await KeyAsync("gate", "MCI");
        _have["evaluate key"] = await KeyAsync("evaluate", "MCI");
        _have["owner's key"] = await KeyAsync("write");
        var key = JsonSerializer.SerializeToElement(_collector.PublicKey);
        (_have["x"], _have["y"]) = (key.Text("x"), key.Text("y"));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Every_example_gets_the_documented_response()
    {
        var blocks = Fence().Matches(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "switch.md")))
            .Select(m => (Kind: m.Groups[1].Value.Trim(), Text: m.Groups[2].Value.Trim())).ToList();
        Assert.True(blocks.Count(b => b.Kind == "http") >= 4, "The examples were not found.");
        for (var i = 0; i < blocks.Count; i++)
        {
            var (kind, text) = blocks[i];
            if (kind == "http") await CallAsync(text, blocks[i + 1]);
            else if (kind == "events") await HearAsync(text);
            else if (kind == "json ack") _have["ack"] = Jws.Sign("ih-ack+jwt", JsonNode.Parse(Fill(text))!.AsObject(), _collector.Key);
            else if (kind.StartsWith("json ", StringComparison.Ordinal) && !char.IsAsciiDigit(kind[5]))
                Same(JsonElement.Parse(text), Payload(_have[kind[5..]]), kind);
        }
    }

    private async Task<string> KeyAsync(string scope, params string[] programs) =>
        (await _world.Owner.MakeAsync("/api/v1/keys", new { name = scope, scopes = new[] { scope }, programs = programs.Length > 0 ? programs : null })).Text("key");

    private async Task CallAsync(string example, (string Kind, string Text) expected)
    {
        // The steps that the text describes between the examples: time passes, the owner pauses.
        if (example.Contains("batches:check", StringComparison.Ordinal))
            _world.Hub.Clock.Advance(TimeSpan.FromSeconds(example.Contains("20000", StringComparison.Ordinal) ? 30 : 4));
        if (example.Contains("5b1d9e77c0aa4312", StringComparison.Ordinal)) await _world.PauseAsync();
        if (example.Contains("/register", StringComparison.Ordinal)) _have["proof"] = _collector.Proof(_have["challenge"]);
        var parts = Fill(example).Split("\n\n", 2);
        var head = parts[0].Split('\n');
        var (method, path) = (head[0].Split(' ')[0], head[0].Split(' ')[1]);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var line in head.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
        }
        if (parts.Length > 1) request.Content = new StringContent(parts[1], Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        var status = expected.Kind is ['j', 's', 'o', 'n', ' ', .. var code] && int.TryParse(code, out var number) ? number : 200;
        Assert.True((HttpStatusCode)status == answer.StatusCode, $"{head[0]}: {answer.StatusCode} {body}");
        var told = JsonElement.Parse(body);
        Same(JsonElement.Parse(expected.Text), told, head[0]);
        Keep(told);
    }

    private async Task HearAsync(string example)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collectors/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _have["secret"]);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        foreach (var line in example.Split('\n'))
        {
            var heard = await reader.ReadLineAsync();
            Assert.StartsWith(line.Split('…')[0], heard);
        }
    }

    // Values of a response are available to the subsequent examples.
    private void Keep(JsonElement told)
    {
        if (told.ValueKind == JsonValueKind.Array) foreach (var item in told.EnumerateArray()) Keep(item);
        if (told.ValueKind != JsonValueKind.Object) return;
        foreach (var p in told.EnumerateObject())
        {
            if (p.Value.ValueKind == JsonValueKind.String) _have[p.Name] = p.Value.GetString()!;
            if (p.Name == "permit" && p.Value.ValueKind == JsonValueKind.String)
                _have["permit jti"] = Payload(p.Value.GetString()!).Text("jti");
            Keep(p.Value);
        }
    }

    private string Fill(string text) => Placeholder().Replace(text, m => _have[m.Groups[1].Value]);

    private static JsonElement Payload(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));

    // The same structure and values; «…» matches the rest of a text, and a time in seconds matches any time.
    private static void Same(JsonElement said, JsonElement told, string where)
    {
        Assert.True(said.ValueKind == told.ValueKind, $"{where}: {told}");
        switch (said.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(said.EnumerateObject().Select(p => p.Name).Order(), told.EnumerateObject().Select(p => p.Name).Order());
                foreach (var p in said.EnumerateObject()) Same(p.Value, told.GetProperty(p.Name), $"{where}.{p.Name}");
                break;
            case JsonValueKind.Array:
                Assert.Equal(said.GetArrayLength(), told.GetArrayLength());
                for (var i = 0; i < said.GetArrayLength(); i++) Same(said[i], told[i], $"{where}[{i}]");
                break;
            case JsonValueKind.String when said.GetString()!.Split('…') is [var begins, _]:
                Assert.StartsWith(begins, told.GetString());
                break;
            case JsonValueKind.Number when said.GetDouble() >= 1_000_000_000:
                Assert.InRange(told.GetDouble(), 1_000_000_000, 99_999_999_999);
                break;
            default:
                Assert.Equal(said.ToString(), told.ToString());
                break;
        }
    }

    [GeneratedRegex("^```([a-z][a-z0-9 ]*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("<([a-zA-Z' ]+)>")]
    private static partial Regex Placeholder();
}
