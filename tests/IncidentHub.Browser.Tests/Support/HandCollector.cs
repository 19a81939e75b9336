using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Support;

/// <summary>A collector with one permit, controlled by the test, also at the ingest gate.</summary>
internal sealed class HandCollector
{
    private readonly HttpClient _ingestion;
    private readonly string _program;
    private readonly string _permit;
    private readonly JsonElement _claims;
    private readonly ECDsa _pair;
    private readonly HttpClient _self;
    private long _sequence = 1;

    private HandCollector(HttpClient ingestion, string program, string permit, ECDsa pair, HttpClient self) =>
        (_ingestion, _program, _permit, _claims, _pair, _self) =
            (ingestion, program, permit, JsonElement.Parse(Base64Url.DecodeFromChars(permit.Split('.')[1])), pair, self);

    /// <summary>Enrols with a new key pair and gets a permit.</summary>
    public static Task<HandCollector> StartAsync(string hub, HttpClient owner, string program) =>
        StartAsync(() => new HttpClient { BaseAddress = new Uri(hub) }, owner, program);

    /// <param name="client">Makes clients of the hub, without a session.</param>
    public static async Task<HandCollector> StartAsync(Func<HttpClient> client, HttpClient owner, string program)
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = pair.ExportParameters(false).Q;
        var enrol = await BearerAsync(client(), owner, program, "enrol");
        var challenge = (await enrol.MakeAsync("api/v1/collectors/challenge")).Text("challenge");
        var proof = Signed(pair, "ih-enrol+jwt", new { challenge });
        var publicKey = new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(q.X!), y = Base64Url.EncodeToString(q.Y!) };
        var registered = await enrol.MakeAsync("api/v1/collectors/register",
            new { instanceName = "ws-22081", hostPseudonym = "h-7f3a", version = "1.0", publicKey, proof });
        var secret = Bearer(client(), registered.Text("secret"));
        var answer = await secret.MakeAsync("api/v1/collectors/permits:renew",
            new { nonce = "nonce-12345678", programs = new[] { new { code = program, epochSeen = 0, lastSequence = 0 } } });
        var ingestion = await BearerAsync(client(), owner, program, "gate");
        return new(ingestion, program, answer.GetProperty("programs")[0].Text("permit"), pair, secret);
    }

    /// <summary>
    /// Submits a batch collected from the permit's start until now to the gate; returns its class, or null if it is admitted.
    /// </summary>
    public async Task<string?> UploadAsync(string category = "keystrokes")
    {
        var first = _sequence;
        _sequence += 40;
        var (status, answer) = await _ingestion.PostAsync("api/v1/gate/batches:check", new
        {
            program = _program,
            categories = new[] { category },
            firstSequence = first,
            lastSequence = first + 39,
            items = 40,
            digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(first))),
            permits =
                new[] { new { permit = _permit, startOffsetMs = 5, endOffsetMs = TimeProvider.System.GetUtcNow()
                .ToUnixTimeMilliseconds() - _claims.GetProperty("iat").GetInt64() * 1000 } },
        });
        Assert.True((int)status is 200 or 423, answer.ToString());
        return (int)status == 200 ? null : answer.Text("class");
    }

    /// <summary>
    /// Acknowledges the stop of that epoch and reports that it collected until ten minutes after its permit's start.
    /// </summary>
    public Task SelfReportViolationAsync(long epoch) => _self.MakeAsync("api/v1/collectors/stops", new
    {
        ack = Signed(_pair, "ih-ack+jwt", new
        {
            sub = _claims.Text("sub"),
            aud = _program,
            epoch,
            jti = _claims.Text("jti"),
            permit = _permit,
            stoppedAtOffsetMs = 600_000,
            lastCollectedOffsetMs = 600_000,
            lastSequence = 40,
            itemsBuffered = 0,
        }),
    });

    /// <summary>Its event stream, from the beginning.</summary>
    public async Task<StreamReader> EventsAsync() => new(await _self.GetStreamAsync("api/v1/collectors/events"));

    private static string Signed(ECDsa pair, string type, object claims)
    {
        var signed = $"{Part(new { alg = "ES256", typ = type })}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(pair.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static async Task<HttpClient> BearerAsync(HttpClient client, HttpClient owner, string program, string scope) =>
        Bearer(client, (await owner.MakeAsync("api/v1/keys", new { name = scope, scopes = new[] { scope }, programs = new[] { program } }))
            .Text("key"));

    private static HttpClient Bearer(HttpClient client, string secret)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static string Part(object claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
