using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentHub.Tests.Faults;
using IncidentHub.Tests.Switch.Collectors;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Switch.Gate;

/// <summary>Hostile input at the gate, over real HTTP, because half of it is refused before the gate's own code runs.</summary>
[Collection(nameof(RealProcesses))]
public sealed class HostileGateTests(SharedHub hub) : IAsyncLifetime
{
    private RealProgram _program = null!;
    private HttpClient _ingestion = null!;
    private TestCollector _collector = null!;
    private string _permit = null!;

    public async ValueTask InitializeAsync()
    {
        _program = await hub.ProgramAsync(ttl: 60, renewal: 20);
        _ingestion = await _program.IngestionAsync();
        _collector = await _program.CollectorAsync();
        _permit = (await _collector.AskAsync()).Token!;
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task Of_fifty_batches_with_the_same_numbers_one_is_admitted_and_the_others_are_refused()
    {
        var results =
            (await CheckAsync(new { batches = Enumerable.Range(0, 50).Select(i => Batch(0, 9, $"batch {i}")).ToArray() })).Body.GetProperty(
                "results").EnumerateArray().ToList();
        Assert.Single(results, r => r.GetProperty("status").GetInt32() == 200);
        Assert.Equal(49, results.Count(r => r.GetProperty("code").GetString() == "sequence_reused"));
    }

    [Fact]
    public async Task Fifty_concurrent_requests_for_the_same_batch_get_one_result()
    {
        var batch = Batch(100, 109, "one");
        var calls = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => CheckAsync(new { batches = Enumerable.Repeat(batch, 50).ToArray() })));
        var admissions = calls.SelectMany(c => c.Body.GetProperty("results").EnumerateArray())
            .Select(r => JsonElement.Parse(Base64Url.DecodeFromChars(r.Text("admission").Split('.')[1])).GetRawText()).ToList();
        Assert.Equal(200, admissions.Count);
        Assert.Single(admissions.Distinct());
    }

    [Fact]
    public async Task No_number_is_admitted_twice_however_batches_overlap()
    {
        var random = new Random(7);
        var asked = Enumerable.Range(0, 4).Select(call => Enumerable.Range(0, 50)
            .Select(i => (First: (long)random.Next(1_000, 1_200), Count: random.Next(1, 12), Name: $"{call} {i}")).ToList()).ToList();
        var answers =
            await Task.WhenAll(
            asked.Select(call => CheckAsync(new { batches = call.Select(b => Batch(b.First, b.First + b.Count - 1, b.Name)).ToArray() })));
        var entered = asked.Zip(answers).SelectMany(c => c.First.Zip(c.Second.Body.GetProperty("results").EnumerateArray()))
            .Where(b => b.Second.GetProperty("status").GetInt32() == 200)
            .SelectMany(b => Enumerable.Range((int)b.First.First, b.First.Count)).ToList();
        Assert.NotEmpty(entered);
        Assert.Equal(entered.Count, entered.Distinct().Count());
    }

    [Fact]
    public async Task Only_a_token_that_the_hub_signed_as_a_permit_is_accepted_as_one()
    {
        var parts = _permit.Split('.');
        var jwks = await _ingestion.ReadAsync("/.well-known/jwks.json");
        var x = Base64Url.DecodeFromChars(jwks.GetProperty("keys")[0].Text("x"));
        string Other(object header, Func<string, byte[]> sign)
        {
            var signed = $"{Part(header)}.{parts[1]}"; return $"{signed}.{Base64Url.EncodeToString(sign(signed))}";
        }
        var kid = JsonElement.Parse(Base64Url.DecodeFromChars(parts[0])).Text("kid");
        string[] tokens =
        [
            "", ".", "..", "...", " ", "\0", "\u2028.\u2028.\u2028", "ＡＢＣ.ＤＥＦ.ＧＨＩ", $"{parts[0]}.{parts[1]}.", $"{parts[0]}..{parts[2]}",
                $".{parts[1]}.{parts[2]}", $"{_permit}.{parts[2]}",
            new string('a', 20_000), $"{_permit}\0",
                $"{parts[0]}.{Part(new { sub = _collector.Id, aud = _program.Code, jti = "x", iat = 0, exp = long.MaxValue, epoch = 1, categories = new[] { "keystrokes" } })}.{parts[2]}",
            Other(new { alg = "none", typ = "ih-permit+jwt", kid }, _ => []),
                Other(new { alg = "HS256", typ = "ih-permit+jwt", kid }, s => HMACSHA256.HashData(x, Encoding.ASCII.GetBytes(s))),
            Other(new { alg = "ES256", typ = "ih-permit+jwt", kid }, _ => new byte[64]),
                Other(new { alg = "ES256", typ = "ih-permit+jwt", kid = "../../data/master.key" }, _ => new byte[64]),
            Other(new { alg = "ES256", typ = "ih-permit+jwt", kid = "\0" }, _ => new byte[64]),
                Other(new { alg = "ES256", typ = "ih-permit+jwt", kid = new[] { kid } }, _ => new byte[64]),
            Other(new { alg = "ES256", typ = "ih-permit+jwt", kid }, s =>
                _collector.Key.SignData(Encoding.ASCII.GetBytes(s), HashAlgorithmName.SHA256)),
        ];
        for (var i = 0; i < tokens.Length; i++)
        {
            var (status, body) = await CheckAsync(Batch(2_000 + i, 2_000 + i, "x", b =>
                b["permits"] = new[] { new { permit = tokens[i], startOffsetMs = 0, endOffsetMs = 1 } }));
            Assert.True(status == HttpStatusCode.Locked && body.Text("code") == "permit_invalid", $"{tokens[i]}: {status} {body}");
        }
    }

    [Fact]
    public async Task Permits_of_two_collectors_are_refused_in_one_batch_whatever_sender_it_names()
    {
        var other = await _program.CollectorAsync();
        var theirs = (await other.AskAsync()).Token!;
        foreach (var pair in (string[][])[[_permit, theirs], [theirs, _permit], [theirs, theirs, _permit]])
        {
            foreach (var sender in new Guid?[] { null, _collector.Id, other.Id, Guid.Empty })
            {
                var (status, body) =
                    await CheckAsync(
                    Batch(3_000, 3_000, "x", b => (b["collector"], b["permits"]) =
                    (sender, pair.Select(p => new { permit = p, startOffsetMs = 0, endOffsetMs = 1 }))));
                Assert.True(status == HttpStatusCode.Locked && body.Text("code") == "permit_foreign", $"{sender}: {status} {body}");
            }
        }
        // The same permit sixteen times counts as one permit.
        Assert.Equal(
            HttpStatusCode.OK,
            (await CheckAsync(
            Batch(3_000, 3_000, "x", b => b["permits"] = Enumerable.Range(0, 16)
            .Select(_ => new { permit = _permit, startOffsetMs = 0, endOffsetMs = 1 })))).Status);
    }

    [Theory]
    [InlineData("firstSequence")]
    [InlineData("lastSequence")]
    [InlineData("items")]
    [InlineData("digest")]
    [InlineData("program")]
    [InlineData("collector")]
    [InlineData("categories")]
    [InlineData("permits")]
    public async Task No_batch_is_admitted_and_the_hub_does_not_fail_whatever_the_value_of_a_field(string field)
    {
        string[] values =
        [
            "-9223372036854775808", "9223372036854775807", "9223372036854775808", "1e400", "-1", "1.0000001", "9007199254740993",
                "\"\\u0000\"", "\"\\ud800\"", "\"\\u0661\"", "\"1\\u0000\"", "true", "{}", "[[]]", "[null]",
            "[{}]", "[\"\\u0000\"]", "[\"\\ud800\"]", "[\"KEYSTROKES\\u0130\"]",
                "[{\"permit\":\"\\u0000\",\"startOffsetMs\":0,\"endOffsetMs\":0}]", "[{\"startOffsetMs\":1e300,\"endOffsetMs\":1e300}]",
            $"[{{\"permit\":\"{_permit}\",\"startOffsetMs\":34559999999,\"endOffsetMs\":34560000000}}]",
                $"[{{\"permit\":\"{_permit}\",\"startOffsetMs\":0,\"endOffsetMs\":34560000000}}]",
            $"[{{\"permit\":\"{_permit}\",\"startOffsetMs\":-1,\"endOffsetMs\":0}}]",
                $"[{{\"permit\":\"{_permit}\",\"startOffsetMs\":0,\"endOffsetMs\":9223372036854775807}}]",
            $"[{{\"permit\":\"{_permit}\",\"startOffsetMs\":0,\"endOffsetMs\":1,\"categories\":[\"\\u0000\"]}}]",
                $"[{{\"permit\":\"{_permit}\",\"startOffsetMs\":0,\"endOffsetMs\":1,\"categories\":[]}}]",
        ];
        foreach (var value in values)
        {
            var text = JsonSerializer.Serialize(Batch(4_000, 4_009, "x", b => b.Remove(field)));
            var (status, body) = await _ingestion.PostAsync("/api/v1/gate/batches:check", $"{text[..^1]},\"{field}\":{value}}}");
            Assert.True((int)status is 400 or 404 or 423, $"{field} = {value}: {status} {body}");
        }
    }

    [Fact]
    public async Task A_body_that_is_too_long_too_deep_or_not_JSON_is_refused_as_such()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusAsync(
            new StringContent("{\"program\":\"" + new string('x', 1024 * 1024) + "\"}", Encoding.UTF8, "application/json")));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(
            new StringContent("{\"batches\":" + new string('[', 100) + new string(']', 100) + "}", Encoding.UTF8, "application/json")));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(
            new ByteArrayContent([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
            {
                Headers = { ContentType = new("application/json") }
            }));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(new StringContent("null", Encoding.UTF8, "application/json")));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(new StringContent("", Encoding.UTF8, "application/json")));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await StatusAsync(new StringContent("{}", Encoding.UTF8, "text/plain")));
        foreach (var after in new[] { "-1", "x", "9223372036854775807", "9223372036854775808", "1.5", "%00" })
            Assert.Equal(HttpStatusCode.BadRequest, (await _ingestion.GetAsync($"/api/v1/gate/dispositions?after={after}")).StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpContent content)
    {
        using var answer = await _ingestion.PostAsync("/api/v1/gate/batches:check", content);
        return answer.StatusCode;
    }

    private Dictionary<string, object?> Batch(long first, long last, string content, Action<Dictionary<string, object?>>? change = null)
    {
        var batch = new Dictionary<string, object?>
        {
            ["program"] = _program.Code,
            ["categories"] = new[] { "keystrokes" },
            ["firstSequence"] = first,
            ["lastSequence"] = last,
            ["items"] = 1,
            ["digest"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
            ["permits"] = new[] { new { permit = _permit, startOffsetMs = 0, endOffsetMs = 1 } },
        };
        change?.Invoke(batch);
        return batch;
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> CheckAsync(object batch) =>
        _ingestion.PostAsync("/api/v1/gate/batches:check", batch);

    private static string Part(object claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
