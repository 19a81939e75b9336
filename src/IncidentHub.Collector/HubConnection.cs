using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IncidentHub.Collector;

/// <summary>The protocol's calls. Every failure is an exception; the caller's permit runs on or out.</summary>
internal sealed class HubConnection(HttpClient http, CollectorOptions options, CollectorIdentity identity, BootClock boot)
{
    /// <summary>A key that the hub has withdrawn is believed no longer than this: the hub's keys are asked for again.</summary>
    internal static readonly TimeSpan KeepKeys = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);
    private long? _keysAt;

    private const int MaxAnswer = 1024 * 1024;

    /// <summary>
    /// A client that takes no more from a server than the protocol needs, whatever the server sends: no redirects, no cookies, answers of
    /// at most 1 MB.
    /// </summary>
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
        // Each call has its own time limit.
        MaxResponseContentBufferSize = MaxAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Registers with a signature that proves the private key. The hub's challenge makes an old proof worthless.</summary>
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

    /// <summary>Sends an acknowledgement; answers the claims of the hub's signed receipt.</summary>
    public async Task<JsonElement> AcknowledgeAsync(string ack, CancellationToken ct)
    {
        var answer = await SendAsync<StopAnswer>(HttpMethod.Post, "api/v1/collectors/stops", identity.Secret, new StopRequest(ack), ct);
        return await VerifyAsync(answer.Receipt, TokenTypes.Receipt, ct)
            ?? throw new CollectorRefusedException("The receipt is not signed by the hub.");
    }

    /// <summary>
    /// The claims of a token signed by the hub; fetches the hub's keys when it does not know the key, or has them for too long. Called by
    /// one loop.
    /// </summary>
    public async Task<JsonElement?> VerifyAsync(string token, string type, CancellationToken ct)
    {
        var isFresh = _keysAt is { } at && boot.Nanoseconds - at < KeepKeys.Ticks * 100;
        if (isFresh && Jws.Verify(token, type, _keys.GetValueOrDefault) is { } known) return known;
        // Read before the request leaves: the list may be older than its answer, never younger.
        var asked = boot.Nanoseconds;
        Take(await SendAsync<JwkSet>(HttpMethod.Get, ".well-known/jwks.json", null, null, ct));
        _keysAt = asked;
        return Jws.Verify(token, type, _keys.GetValueOrDefault);
    }

    // What the hub no longer publishes is no key of the hub's.
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
            // Asking again does not help against a refusal; against anything else it may.
            if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
                and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
                throw new CollectorRefusedException(message) { Status = response.StatusCode };
            throw new HttpRequestException(message, null, response.StatusCode);
        }
        return await response.Content.ReadFromJsonAsync<T>(Wire.Json, timeout.Token)
            ?? throw new JsonException($"An empty answer from {path}.");
    }
}

/// <summary>The hub said no: a revoked or unknown collector, a bad key, a refused acknowledgement.</summary>
public sealed class CollectorRefusedException(string message) : Exception(message)
{
    public HttpStatusCode? Status { get; init; }
}
