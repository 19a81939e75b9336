using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IncidentHub.Collector;

/// <summary>The calls of the protocol. Every failure is an exception; the caller's permit continues until it expires.</summary>
internal sealed class HubConnection(HttpClient http, CollectorOptions options, CollectorIdentity identity, BootClock boot)
{
    /// <summary>The hub's keys are cached no longer than this, so a withdrawn key is trusted no longer.</summary>
    internal static readonly TimeSpan KeepKeys = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);
    private long? _keysAt;

    private const int MaxAnswer = 1024 * 1024;

    /// <summary>A client that accepts only what the protocol needs: no redirects, no cookies, responses of at most 1 MB.</summary>
    public static HttpClient ClientOver(HttpMessageHandler? handler) => new(
        handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        },
        disposeHandler: handler is null)
    {
        // Each call has its own timeout.
        MaxResponseContentBufferSize = MaxAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Registers with a proof of possession of the private key, over the hub's challenge, so that it cannot be replayed.</summary>
    public async Task RegisterAsync(CancellationToken ct)
    {
        var enrol = options.EnrolmentKey ?? throw new CollectorRefusedException(
            "This collector is new to the hub and has no enrolment key.");
        var challenge = await SendAsync<ChallengeAnswer>(HttpMethod.Post, "api/v1/collectors/challenge", enrol, null, ct);
        var proof = Jws.Sign(TokenTypes.Enrol, new JsonObject { ["challenge"] = challenge.Challenge }, identity.Key);
        var answer = await SendAsync<RegisterAnswer>(
            HttpMethod.Post, "api/v1/collectors/register", enrol,
            new RegisterRequest(options.InstanceName, options.HostPseudonym, options.Version, identity.PublicKey, proof), ct);
        identity.Registered(answer.CollectorId, answer.Secret);
    }

    public Task<RenewAnswer> RenewAsync(RenewRequest request, CancellationToken ct) =>
        SendAsync<RenewAnswer>(HttpMethod.Post, "api/v1/collectors/permits:renew", identity.Secret, request, ct);

    /// <summary>Sends an acknowledgement; returns the claims of the hub's signed receipt.</summary>
    public async Task<JsonElement> AcknowledgeAsync(string ack, CancellationToken ct)
    {
        var answer = await SendAsync<StopAnswer>(HttpMethod.Post, "api/v1/collectors/stops", identity.Secret, new StopRequest(ack), ct);
        return await VerifyAsync(answer.Receipt, TokenTypes.Receipt, ct)
            ?? throw new CollectorRefusedException("The receipt is not signed by the hub.");
    }

    /// <summary>
    /// The claims of a token signed by the hub; fetches the hub's keys when the key is unknown or the cache has expired. Called by one
    /// loop.
    /// </summary>
    public async Task<JsonElement?> VerifyAsync(string token, string type, CancellationToken ct)
    {
        var isFresh = _keysAt is { } at && boot.Nanoseconds - at < KeepKeys.Ticks * 100;
        if (isFresh && Jws.Verify(token, type, _keys.GetValueOrDefault) is { } known) return known;
        // Read before the request is sent: the cached list counts as older than its response, never younger.
        var asked = boot.Nanoseconds;
        Take(await SendAsync<JwkSet>(HttpMethod.Get, ".well-known/jwks.json", null, null, ct));
        _keysAt = asked;
        return Jws.Verify(token, type, _keys.GetValueOrDefault);
    }

    // A key that is no longer published is not trusted.
    private void Take(JwkSet set)
    {
        foreach (var key in _keys.Values) key.Dispose();
        _keys.Clear();
        foreach (var jwk in set.Keys.Where(k => k.Crv == "P-256"))
        {
            var point = new ECPoint { X = Base64Url.DecodeFromChars(jwk.X), Y = Base64Url.DecodeFromChars(jwk.Y) };
            _keys[jwk.Kid] = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string? bearer, object? body, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(options.CallTimeout);
        using var request = new HttpRequestMessage(method, new Uri(options.Hub, path));
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Wire.Json);
        using var response = await http.SendAsync(request, timeout.Token);
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(timeout.Token);
            var message = $"{(int)response.StatusCode} from {path}: {(text.Length > 500 ? text[..500] : text)}";
            // A refusal is not retried; other failures are.
            if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
                and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
                throw new CollectorRefusedException(message) { Status = response.StatusCode };
            throw new HttpRequestException(message, null, response.StatusCode);
        }
        return await response.Content.ReadFromJsonAsync<T>(Wire.Json, timeout.Token)
            ?? throw new JsonException($"An empty response from {path}.");
    }
}

/// <summary>A refusal by the hub: a revoked or unknown collector, an invalid key, a refused acknowledgement.</summary>
public sealed class CollectorRefusedException(string message) : Exception(message)
{
    public HttpStatusCode? Status { get; init; }
}
