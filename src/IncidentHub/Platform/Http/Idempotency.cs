using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Platform.Keys;
using Microsoft.AspNetCore.Authorization;

namespace IncidentHub.Platform.Http;

/// <summary>Marks an endpoint that takes a body and changes nothing: repeating it needs no key.</summary>
internal sealed record ReadsOnly;

/// <summary>
/// Marks an endpoint whose body is too large to be read before it: it runs also for a request that is repeated, and states its body
/// (<see cref="IdempotencyScope.StateBody"/>) before its first write, which then finds the key.
/// </summary>
internal sealed record StreamedBody;

/// <summary>
/// Marks an endpoint that needs no sign-in and takes an <c>Idempotency-Key</c>: the caller is whoever knows this member of the body.
/// </summary>
internal sealed record IdempotentPer(string Member);

/// <summary>A response that holds a secret, such as a new key: it is sent once and not stored, not even for a replay.</summary>
internal static class SecretAnswer
{
    /// <summary>Called by the endpoint, before or after it made the secret.</summary>
    public static void HoldSecret(this HttpContext http) => http.Items[typeof(SecretAnswer)] = true;

    public static bool IsHeldBy(HttpContext http) => http.Items.ContainsKey(typeof(SecretAnswer));
}

/// <summary>
/// <c>Idempotency-Key</c>, on every endpoint that writes: the same key with the same request returns the recorded response for 24 hours;
/// the same key with another request is 422. Requests with one key run one after the other.
/// </summary>
internal sealed class IdempotencyMiddleware(
    RequestDelegate next, Db db, HubNode node, ISubjectVisibility visibility, MasterKey master, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    public const int MaxKey = 200;
    // Above every limit of a body that is read before its endpoint, so that the server's refusal comes first.
    private const int MaxBody = 8 * 1024 * 1024;
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    public static readonly Refusal Mismatch = Refusal.NotAllowed(
        "idempotency_mismatch", "This key was used with another request. Use a new key for a new request.");
    // Another node that has recorded the key answers within this time, or has failed.
    private static readonly TimeSpan InProgress = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Key, Guid Caller), Task> _running = new();

    // A request may be a few words: without the key nobody finds them from the digest.
    private readonly byte[] _secret = master.Derive("idempotency");

    /// <summary>Whether the endpoint takes a key: it writes, and its caller is known.</summary>
    public static bool IsTakenBy(IReadOnlyList<object> metadata, string method) =>
        !HttpMethods.IsGet(method) && metadata.OfType<ApiEndpoint>().Any() && !metadata.OfType<ReadsOnly>().Any()
            && (metadata.OfType<IdempotentPer>().Any() || !metadata.OfType<IAllowAnonymous>().Any());

    public async Task InvokeAsync(HttpContext http)
    {
        var keys = http.Request.Headers[Header];
        if (keys.Count == 0 || http.GetEndpoint() is not { } endpoint || !IsTakenBy(endpoint.Metadata, http.Request.Method))
        {
            await next(http);
            return;
        }
        // Whoever sends a key relies on it: a blank one is not dropped, and of two it is not known which counts.
        var key = keys.ToString();
        var fault = keys.Count > 1 ? "Send one key." : string.IsNullOrWhiteSpace(key) ? "The key is blank."
            : key.Length > MaxKey ? $"At most {MaxKey} characters." : null;
        if (fault is not null)
        {
            await Refusal.Invalid(Header, fault).ToHttp().ExecuteAsync(http);
            return;
        }
        var digest = endpoint.Metadata.GetMetadata<StreamedBody>() is null ? await DigestAsync(http.Request) : null;
        if (endpoint.Metadata.GetMetadata<IdempotentPer>() is { } per)
        {
            // Neither who sent it nor the key itself is stored.
            if (await MemberAsync(http.Request, per.Member) is not { } known) await next(http);
            else await OneAtATimeAsync(http, Hash(key), new Guid(Digest($"idempotency {known}").AsSpan(0, 16)), digest);
        }
        else if (Guid.TryParse(http.User.FindFirstValue(Principals.PersonId), out var caller))
        {
            await OneAtATimeAsync(http, key, caller, digest);
        }
        else await next(http);
    }

    private async Task OneAtATimeAsync(HttpContext http, string key, Guid caller, string? digest)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_running.GetOrAdd((key, caller), ended.Task) is var running && running != ended.Task)
            await running.WaitAsync(http.RequestAborted);
        var aborted = http.RequestAborted;
        try
        {
            // A caller who gives up and asks again gets the answer of this request: it runs to its end.
            http.RequestAborted = CancellationToken.None;
            await ReplayOrRunAsync(http, key, caller, digest);
        }
        finally
        {
            http.RequestAborted = aborted;
            _running.TryRemove(KeyValuePair.Create((key, caller), ended.Task));
            ended.SetResult();
        }
    }

    private async Task ReplayOrRunAsync(HttpContext http, string key, Guid caller, string? digest)
    {
        if (digest is not null && await FindAsync(key, caller, http.RequestAborted) is { } record)
        {
            await ReplayAsync(http, record, digest);
            return;
        }
        var scope = new IdempotencyScope(key, caller, digest, Seal, ActorOf(http));
        try
        {
            await RunAsync(http, key, caller, scope);
        }
        catch (IdempotencyKeyTakenException) when (!http.Response.HasStarted)
        {
            if (await FindAsync(key, caller, http.RequestAborted) is { } other) await ReplayAsync(http, other, scope.Digest!);
            else throw;
        }
    }

    private Task<Row?> FindAsync(string key, Guid caller, CancellationToken ct) => db.ReadAsync(
        sql => sql.FirstOrDefaultAsync<Row>("Idempotency_Find", new { Key = key, Caller = caller, Since = clock.GetUtcNow() - Kept }), ct);

    private async Task RunAsync(HttpContext http, string key, Guid caller, IdempotencyScope scope)
    {
        IdempotencyScope.Set(scope);
        var body = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
            IdempotencyScope.Set(null);
        }
        if (scope.Recorded)
        {
            // That the request was carried out is recorded, its text is not.
            var secret = SecretAnswer.IsHeldBy(http);
            var answer = new
            {
                Key = key,
                Caller = caller,
                Status = http.Response.StatusCode,
                ContentType = http.Response.ContentType,
                Location = http.Response.Headers.Location.ToString(),
                Body = secret ? null : Encoding.UTF8.GetString(buffer.ToArray()),
            };
            await db.WriteAsync<Done>(async tx =>
            {
                await tx.ExecuteAsync("Idempotency_Answer", answer);
                return default(Done);
            });
        }
        buffer.Position = 0;
        await buffer.CopyToAsync(body, http.RequestAborted);
    }

    private async Task ReplayAsync(HttpContext http, Row record, string digest)
    {
        if (record.Digest != digest)
        {
            await Mismatch.ToHttp(StatusCodes.Status422UnprocessableEntity).ExecuteAsync(http);
            return;
        }
        if (!await MaySeeAsync(http, record))
        {
            await Refusal.NotFound("What this request was about").ToHttp().ExecuteAsync(http);
            return;
        }
        // A SQLite file has one process, in which requests with one key run one after the other: there it can only be lost.
        if (record.Status is null && node.HasOthers && clock.GetUtcNow() - record.CreatedAt < InProgress)
        {
            http.Response.Headers.RetryAfter = "1";
            await Refusal.NotAllowed("idempotency_in_progress",
                "A request with this key is in progress. Send it again in a second to get its answer.").ToHttp().ExecuteAsync(http);
            return;
        }
        if (record.Status is null)
        {
            await Refusal.NotAllowed("idempotency_result_lost",
                "This request was processed and is not repeated, but its answer was lost. Look up the result.").ToHttp().ExecuteAsync(http);
            return;
        }
        if (record.Body is null)
        {
            await Refusal.NotAllowed("idempotency_result_secret",
                "This request was processed and is not repeated. Its answer is not kept: it held a secret, or a text that was redacted. "
                    + "If a secret was lost, revoke it and make another with a new key.").ToHttp().ExecuteAsync(http);
            return;
        }
        http.Response.StatusCode = record.Status.Value;
        http.Response.ContentType = record.ContentType;
        if (!string.IsNullOrEmpty(record.Location)) http.Response.Headers.Location = record.Location;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (record.Body.Length > 0) await http.Response.WriteAsync(record.Body);
    }

    private static Actor? ActorOf(HttpContext http) => http.User.Identity?.IsAuthenticated == true ? http.Actor() : null;

    // Sight may have been lost since, and so may the role that permits the act.
    private async Task<bool> MaySeeAsync(HttpContext http, Row record)
    {
        if (ActorOf(http) is not { } actor || record.Subjects is not { } list) return true;
        var subjects = JsonSerializer.Deserialize<List<Guid>>(list)!;
        return (await db.ReadAsync(sql => visibility.VisibleAsync(sql, subjects, actor), http.RequestAborted)).Count == subjects.Count;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string Hash(string key) => Convert.ToHexStringLower(Digest(key));

    // Null where the body cannot be read: the endpoint refuses it.
    private static async Task<string?> MemberAsync(HttpRequest request, string member)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind != JsonValueKind.Object ? null : body.RootElement.EnumerateObject()
                .Where(p => p.Value.ValueKind == JsonValueKind.String && string.Equals(p.Name, member, StringComparison.OrdinalIgnoreCase))
                .Select(p => p.Value.GetString()).FirstOrDefault();
        }
        // Half a surrogate is an InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }

    private string Seal(byte[] digest) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, digest));

    private async Task<string> DigestAsync(HttpRequest request)
    {
        request.EnableBuffering(MaxBody, MaxBody);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0) hash.AppendData(chunk, 0, read);
        request.Body.Position = 0;
        return Seal(hash.GetHashAndReset());
    }

    private sealed record Row
    {
        public required string Digest { get; init; }
        public required int? Status { get; init; }
        public required string? ContentType { get; init; }
        public required string? Location { get; init; }
        public required string? Body { get; init; }
        public required string? Subjects { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }
}
