using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.FeatureFlags;

public sealed class OfrepTests : IAsyncLifetime
{
    private const string Flag = "program.MCI.collect";
    private SwitchWorld _world = null!;
    private string _key = "";

    public async ValueTask InitializeAsync()
    {
        _world = await SwitchWorld.StartAsync();
        _key = await KeyAsync("MCI");
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<string> KeyAsync(string? program, string scope = "evaluate") =>
        (await (await _world.Hub.AsAsync("administrator")).MakeAsync(
            "/api/v1/keys", new
            {
                name = "Recorder",
                scopes = new[] { scope },
                programs = program is null ? null : new[] { program }
            })).Text("key");

    private async Task<(HttpResponseMessage Answer, string Body)> SendAsync(
        string path, string? body = "{}", string? key = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ofrep/v1/evaluate/flags" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? _key);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        change?.Invoke(request);
        var answer = await _world.Hub.CreateClient().SendAsync(request);
        return (answer, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> EvaluateAsync(object? context = null, string flag = Flag)
    {
        var (answer, body) = await SendAsync("/" + flag, JsonSerializer.Serialize(new { context }));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {body}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        var json = JsonElement.Parse(body);
        Assert.Equal((flag, false), (json.Text("key"), json.GetProperty("metadata").GetProperty("bounded").GetBoolean()));
        return $"{json.GetProperty("value").GetBoolean()} {json.Text("reason")} {json.Text("variant")}";
    }

    [Fact]
    public async Task A_compressed_context_is_read_as_a_plain_one()
    {
        await _world.PauseAsync(categories: ["keystrokes"], regions: ["US"]);
        var context = JsonSerializer.SerializeToUtf8Bytes(
            new { context = new { targetingKey = "agent-1", region = "US", dataCategory = "keystrokes" } });
        using var compressed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest))
            await gzip.WriteAsync(context);
        var (answer, body) = await SendAsync("/" + Flag, change: r =>
        {
            r.Content = new ByteArrayContent(compressed.ToArray());
            r.Content.Headers.ContentType = new("application/json");
            r.Content.Headers.ContentEncoding.Add("gzip");
        });
        Assert.Equal((HttpStatusCode.OK, "TARGETING_MATCH"), (answer.StatusCode, JsonElement.Parse(body).Text("reason")));
    }

    [Fact]
    public async Task A_flag_is_true_until_the_pause_and_false_from_its_commit_on()
    {
        Assert.Equal("True STATIC on", await EvaluateAsync(new { targetingKey = "agent-1", region = "US", dataCategory = "keystrokes" }));
        await _world.PauseAsync(categories: ["keystrokes"], regions: ["US"]);
        Assert.Equal("False TARGETING_MATCH off", await EvaluateAsync(
            new { targetingKey = "agent-1", region = "US", dataCategory = "keystrokes" }));
        Assert.Equal("False TARGETING_MATCH off", await EvaluateAsync(new { region = "United States", dataCategory = "Keystrokes" }));
        Assert.Equal("True TARGETING_MATCH on", await EvaluateAsync(new { region = "DE", dataCategory = "keystrokes" }));
        Assert.Equal("False TARGETING_MATCH off", await EvaluateAsync());
    }

    [Theory]
    [InlineData("FR", "clicks")]
    [InlineData("US", "audio")]
    [InlineData("nowhere at all", "clicks")]
    public async Task An_unknown_region_or_category_evaluates_to_false_without_an_error(string region, string dataCategory) =>
        Assert.Equal("False TARGETING_MATCH off", await EvaluateAsync(new { region, dataCategory }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"context":null}""")]
    [InlineData("""{"context":{"region":null,"other":[1,{"x":2}]},"more":{"a":[]}}""")]
    public async Task A_missing_context_is_accepted(string? body)
    {
        var (answer, said) = await SendAsync("/" + Flag, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, said);
        Assert.True(JsonElement.Parse(said).GetProperty("value").GetBoolean());
    }

    [Theory]
    [InlineData("{", "PARSE_ERROR")]
    [InlineData("nonsense", "PARSE_ERROR")]
    [InlineData("{} x", "PARSE_ERROR")]
    [InlineData("[]", "PARSE_ERROR")]
    [InlineData("""{"context":{"region":"\ud800"}}""", "PARSE_ERROR")]
    [InlineData("""{"context":{"region":"ATLANTIS","region":"US"}}""", "PARSE_ERROR")]
    [InlineData("""{"context":{"region":null,"region":"US"}}""", "PARSE_ERROR")]
    [InlineData("""{"context":{"dataCategory":"a","data\u0043ategory":"clicks"}}""", "PARSE_ERROR")]
    [InlineData("""{"context":{"targetingKey":"a","other":1,"targetingKey":"a"}}""", "PARSE_ERROR")]
    [InlineData("""{"context":{"region":"ATLANTIS"},"context":{}}""", "PARSE_ERROR")]
    [InlineData("""{"context":{"region":"ATLANTIS"},"context":null}""", "PARSE_ERROR")]
    [InlineData("""{"contxt":{"region":"ATLANTIS"}}""", "PARSE_ERROR")]
    [InlineData("""{"region":"ATLANTIS"}""", "PARSE_ERROR")]
    [InlineData("""{"context":[]}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":{"targetingKey":7}}""", "INVALID_CONTEXT")]
    [InlineData("""{"context":{"region":{"a":1}}}""", "INVALID_CONTEXT")]
    public async Task An_unreadable_request_is_400_with_the_key_and_a_code(string body, string code)
    {
        var (answer, said) = await SendAsync("/" + Flag, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal((Flag, code), (JsonElement.Parse(said).Text("key"), JsonElement.Parse(said).Text("errorCode")));
        (answer, said) = await SendAsync("", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, JsonElement.Parse(said).Text("errorCode"));
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_400()
    {
        var (answer, said) = await SendAsync("/" + Flag, """{"context":{"region":"xx"}}""".Replace("xx", new string('x', 100_000), StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.BadRequest, "PARSE_ERROR"), (answer.StatusCode, JsonElement.Parse(said).Text("errorCode")));
    }

    [Theory]
    [InlineData("program.NOPE.collect")]
    [InlineData("program.M CI.collect")]
    [InlineData("program.collect")]
    [InlineData("program..collect")]
    [InlineData("collect")]
    [InlineData("a%22%3Cb%3E")]
    [InlineData("program.OTHER.collect")]
    public async Task An_unknown_flag_or_one_outside_the_keys_programs_is_404_in_the_shape_that_clients_require(string flag)
    {
        await _world.AddProgramAsync("OTHER");
        var (answer, said) = await SendAsync("/" + flag);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal((Uri.UnescapeDataString(flag), "FLAG_NOT_FOUND"),
            (JsonElement.Parse(said).Text("key"), JsonElement.Parse(said).Text("errorCode")));
    }

    [Theory]
    [InlineData("/" + Flag)]
    [InlineData("")]
    public async Task A_missing_key_is_401_with_its_challenge_and_another_scope_403(string path)
    {
        foreach (
            var (shown, status) in new[] { ("nonsense", HttpStatusCode.Unauthorized),
            (await KeyAsync("MCI", "gate"), HttpStatusCode.Forbidden) })
        {
            var (answer, said) = await SendAsync(path, key: shown);
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal(status == HttpStatusCode.Forbidden ? "forbidden" : "unauthenticated", JsonElement.Parse(said).Text("code"));
            Assert.Equal(status == HttpStatusCode.Forbidden ? [] : ["Bearer"], answer.Headers.WwwAuthenticate.Select(w => w.Scheme));
        }
    }

    [Fact]
    public async Task All_flags_have_an_ETag_and_an_unchanged_read_is_304()
    {
        await _world.AddProgramAsync("ALPHA");
        var all = await KeyAsync(null);
        var (answer, body) = await SendAsync("", key: all);
        Assert.Equal(["program.ALPHA.collect", Flag], JsonElement.Parse(body).GetProperty("flags").EnumerateArray()
            .Select(f => f.Text("key")));
        var tag = answer.Headers.ETag!.ToString();
        foreach (var asked in new[] { tag, $"\"other\", W/{tag}", "*" })
        {
            (answer, body) = await SendAsync("", key: all, change: r => r.Headers.TryAddWithoutValidation("If-None-Match", asked));
            Assert.Equal((HttpStatusCode.NotModified, "", tag), (answer.StatusCode, body, answer.Headers.ETag!.ToString()));
        }
        await _world.PauseAsync();
        (answer, body) = await SendAsync("", key: all, change: r => r.Headers.TryAddWithoutValidation("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([true, false], JsonElement.Parse(body).GetProperty("flags").EnumerateArray()
            .Select(f => f.GetProperty("value").GetBoolean()));
    }

    [Fact]
    public async Task A_key_of_one_program_receives_nothing_about_others()
    {
        await _world.AddProgramAsync("ALPHA");
        var (_, body) = await SendAsync("");
        Assert.Equal([Flag], JsonElement.Parse(body).GetProperty("flags").EnumerateArray().Select(f => f.Text("key")));
    }

    [Fact]
    public async Task Browsers_may_call_from_any_origin_and_read_the_required_headers()
    {
        var client = _world.Hub.CreateClient();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/ofrep/v1/evaluate/flags/" + Flag);
        preflight.Headers.Add("Origin", "https://recorder.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var allowed = await client.SendAsync(preflight);
        Assert.Equal(
            (HttpStatusCode.NoContent, "*"), (allowed.StatusCode, allowed.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.Equal("content-type, if-none-match, authorization, x-api-key",
            string.Join(", ", allowed.Headers.GetValues("Access-Control-Allow-Headers")));
        var (answer, _) = await SendAsync("/nope", change: r => r.Headers.Add("Origin", "https://recorder.example"));
        Assert.Equal(("*", "ETag, Retry-After"), (answer.Headers.GetValues("Access-Control-Allow-Origin")
            .Single(), string.Join(", ", answer.Headers.GetValues("Access-Control-Expose-Headers"))));
    }

    [Fact]
    public async Task A_draft_and_a_terminated_program_are_disabled()
    {
        await _world.Owner.MakeAsync("/api/v1/programs", new
        {
            code = "NOV",
            name = "New",
            purpose = "Teach models.",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "clicks" },
            lawfulBasis = "Legitimate interest",
        });
        _key = await KeyAsync("NOV");
        Assert.Equal("False DISABLED off", await EvaluateAsync(flag: "program.NOV.collect"));
    }
}

/// <summary>A key that exceeds its rate limit.</summary>
public sealed class OfrepLimitTests
{
    [Fact]
    public void Beyond_the_rate_limit_it_is_429_with_whole_seconds_and_another_key_is_not_affected()
    {
        using var limiter = new IncidentHub.Switch.FeatureFlags.OfrepLimiter(
            Microsoft.Extensions.Options.Options.Create(new IncidentHub.Switch.FeatureFlags.OfrepOptions { PerSecond = 1 }));
        var (greedy, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.Null(limiter.Refuses(greedy));
        Assert.InRange(Enumerable.Range(0, 1_000).Select(_ => limiter.Refuses(greedy)).Max() ?? 0, 1, 60);
        Assert.Null(limiter.Refuses(other));
    }
}
