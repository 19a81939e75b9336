using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>Compressed bodies of requests, and compressed responses.</summary>
public sealed class ContentCodingTests : IAsyncLifetime
{
    private const string Program = "{\"code\":\"ONE\",\"name\":\"One\",\"purpose\":\"Test.\",\"owner\":\"owner\",\"unit\":\"Test\"}";
    private const string Json = "application/json";
    private readonly TestHub _hub = new();
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync() => _owner = await _hub.AsAsync("owner");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    public async Task A_compressed_body_is_read(string coding)
    {
        var (status, answer) = await PostAsync("/api/v1/programs", coding, Compress(Program, coding));
        Assert.True(status == HttpStatusCode.Created, $"{status} {answer}");
    }

    [Fact]
    public async Task Every_operation_reads_a_compressed_body_as_it_reads_a_plain_one()
    {
        var faults = new List<string>();
        var endpoints = _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/v1", StringComparison.Ordinal) == true
                && e.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") == true).ToList();
        Assert.InRange(endpoints.Count, 60, 200);
        foreach (var endpoint in endpoints)
        {
            var (method, path) = (new HttpMethod(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]),
                StrictInputTests.PathOf(endpoint));
            var plain = await SendAsync(method, path, null, Encoding.UTF8.GetBytes("{\"colour\":1}"));
            var coded = await SendAsync(method, path, "gzip", Compress("{\"colour\":1}", "gzip"));
            if (plain != coded || plain.Status == HttpStatusCode.NotFound) faults.Add($"{path}: {plain}, {coded}");
            var unknown = await SendAsync(method, path, "zstd", [1, 2, 3]);
            if (unknown != (HttpStatusCode.UnsupportedMediaType, "unsupported_content_encoding")) faults.Add($"{path}: zstd {unknown}");
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("compress")]
    public async Task Another_coding_is_415_with_those_that_are_taken(string coding)
    {
        using var request = Request("/api/v1/programs", coding, [1, 2, 3]);
        using var answer = await _owner.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("gzip, br, deflate", string.Join(", ", answer.Headers.GetValues("Accept-Encoding")));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_what_its_coding_says_is_400(string coding)
    {
        var (plain, answer) = await PostAsync("/api/v1/programs", coding, Encoding.UTF8.GetBytes(Program));
        Assert.True(plain == HttpStatusCode.BadRequest, $"{plain} {answer}");
        Assert.True(answer.GetProperty("errors").TryGetProperty("body", out _), $"{answer}");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/v1/programs", coding, Compress(Program, coding)[..12])).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_cut_off_or_followed_by_something_is_400_wherever_it_ends(string coding)
    {
        var whole = Compress(Program, coding);
        var faults = new List<string>();
        async Task CheckAsync(string what, byte[] body)
        {
            var (status, answer) = await PostAsync("/api/v1/programs", coding, body);
            if (status != HttpStatusCode.BadRequest || !answer.TryGetProperty("errors", out var errors)
                || !errors.TryGetProperty("body", out _))
                faults.Add($"{what}: {status} {answer}");
        }
        for (var cut = 1; cut < whole.Length; cut++) await CheckAsync($"{cut} of {whole.Length} bytes cut off", whole[..^cut]);
        // A second copy of a deflate body ends in the checksum of the first: it says the same.
        byte[][] junks = coding == "deflate" ? [[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]] : [[0], [1, 2, 3, 4, 5, 6, 7, 8, 9], whole];
        foreach (var junk in junks) await CheckAsync($"and {junk.Length} more", [.. whole, .. junk]);
        for (var at = 1; at <= 4 && coding != "br"; at++)
        {
            byte[] changed = [.. whole];
            changed[^at] ^= 1;
            await CheckAsync($"byte {at} from the end changed", changed);
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("/api/v1/programs", coding, whole)).Status);
    }

    [Fact]
    public async Task A_small_body_that_becomes_a_large_one_is_413()
    {
        foreach (var coding in new[] { "gzip", "br", "deflate" })
        {
            var bomb = Compress(new string(' ', 50_000_000), coding);
            Assert.True(bomb.Length < 100_000);
            var (status, answer) = await PostAsync("/api/v1/programs", coding, bomb);
            Assert.True(status == HttpStatusCode.RequestEntityTooLarge, $"{status} {answer}");
            Assert.Equal("too_large", answer.Text("code"));
        }
    }

    [Fact]
    public async Task An_idempotency_key_compares_what_a_body_says_and_not_how_it_is_coded()
    {
        foreach (var coding in new[] { "gzip", "br", "identity" })
        {
            using var request = Request("/api/v1/programs", coding, Compress(Program, coding));
            request.Headers.Add("Idempotency-Key", "k-1");
            using var answer = await _owner.SendAsync(request);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_read_is_compressed_where_the_caller_asks_and_its_entity_tag_says_so()
    {
        await PostAsync("/api/v1/programs", "identity", Encoding.UTF8.GetBytes(Program));
        using var plain = await GetAsync("/api/v1/programs/ONE", null);
        using var coded = await GetAsync("/api/v1/programs/ONE", "gzip");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal(["gzip"], coded.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", coded.Headers.Vary);
        await using var unzipped = new GZipStream(await coded.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await new StreamReader(unzipped).ReadToEndAsync());
        Assert.NotEqual(plain.Headers.ETag, coded.Headers.ETag);

        foreach (var tag in new[] { plain.Headers.ETag!, coded.Headers.ETag! })
        {
            using var known = await GetAsync("/api/v1/programs/ONE", "gzip", tag);
            Assert.Equal((HttpStatusCode.NotModified, tag), (known.StatusCode, known.Headers.ETag));
        }
        foreach (var tag in new[] { plain.Headers.ETag!, coded.Headers.ETag! })
        {
            using var edit = Request("/api/v1/programs/ONE", "identity", Encoding.UTF8.GetBytes(Program));
            edit.Method = HttpMethod.Put;
            edit.Headers.TryAddWithoutValidation("If-Match", tag.ToString());
            Assert.Equal(HttpStatusCode.OK, (await _owner.SendAsync(edit)).StatusCode);
        }
    }

    [Fact]
    public async Task What_holds_a_secret_and_what_must_not_be_buffered_is_not_compressed()
    {
        await using var story = await CommandStory.StartAsync();
        var faults = new List<string>();
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            story.As(step.By).DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
            if (step.Send is null)
            {
                using var request = new HttpRequestMessage(step.Method, step.Path(step.At(story)));
                if (step.Body(story) is { } body)
                    request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, Json);
                using var answer = await story.As(step.By).SendAsync(request);
                if (answer.Content.Headers.ContentEncoding.Count > 0) faults.Add(step.Route);
                var text = await answer.Content.ReadAsStringAsync();
                story.As(step.By).DefaultRequestHeaders.AcceptEncoding.Clear();
                if (step.After is not null)
                    await step.After(story, text.Length == 0 || faults.Count > 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
            }
            else
            {
                story.As(step.By).DefaultRequestHeaders.AcceptEncoding.Clear();
                await story.SendAsync(step);
            }
        }
        Assert.Empty(faults);
        foreach (var page in new[] { "/programs", "/flags/new", "/sign-in" })
        {
            using var answer = await GetAsync(page, "gzip, br");
            Assert.Empty(answer.Content.Headers.ContentEncoding);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? accept, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.AcceptEncoding.ParseAdd(accept);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await _owner.SendAsync(request);
    }

    private static HttpRequestMessage Request(string path, string? coding, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (coding is not null) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return request;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string coding, byte[] body)
    {
        using var request = Request(path, coding, body);
        using var answer = await _owner.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<(HttpStatusCode Status, string? Code)> SendAsync(HttpMethod method, string path, string? coding, byte[] body)
    {
        using var request = Request(path, coding, body);
        request.Method = method;
        using var answer = await _owner.SendAsync(request);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, problem.Text("code"));
    }

    private static byte[] Compress(string text, string coding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = coding.ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.SmallestSize),
            "br" => new BrotliStream(compressed, CompressionLevel.SmallestSize),
            "deflate" => new ZLibStream(compressed, CompressionLevel.SmallestSize),
            _ => new BufferedStream(compressed),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        return compressed.ToArray();
    }
}
