using System.Security.Cryptography;
using System.Security.Claims;
using System.Text;
using IncidentHub.Platform.Database;

namespace IncidentHub.Platform.Http;

/// <summary>
/// The key of the request in progress. The first write transaction of the request records it, so that the act and its idempotency record
/// become durable together.
/// </summary>
internal sealed class IdempotencyScope(string key, Guid caller, string digest)
{
    private static readonly AsyncLocal<IdempotencyScope?> Current = new();
    private bool _taken;

    public bool Recorded { get; private set; }

    public static void Set(IdempotencyScope? scope) => Current.Value = scope;

    /// <summary>The scope for the first write of the request; null for later ones, and outside of requests.</summary>
    public static IdempotencyScope? TakeForWrite()
    {
        var scope = Current.Value;
        if (scope is null || scope._taken) return null;
        scope._taken = true;
        return scope;
    }

    public async Task RecordAsync(UnitOfWork tx)
    {
        await tx.ExecuteAsync("Idempotency_Insert", new { Key = key, Caller = caller, Digest = digest, tx.Now });
        Recorded = true;
    }
}

/// <summary>
/// <c>Idempotency-Key</c>: the same key with the same request returns the recorded response for 24 hours; the same key with another request
/// is 422.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, Db db, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    private const int MaxKey = 200;
    // Above the server's own limit, so that the server's refusal comes first.
    private const int MaxBody = 4 * 1024 * 1024;
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async Task InvokeAsync(HttpContext http)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || !http.Request.Path.StartsWithSegments("/api"))
        {
            await next(http);
            return;
        }
        if (key.Length > MaxKey)
        {
            await Refusal.Invalid(Header, $"At most {MaxKey} characters.").ToHttp().ExecuteAsync(http);
            return;
        }
        if (!Guid.TryParse(http.User.FindFirstValue(Principals.PersonId), out var caller))
        {
            await next(http);
            return;
        }
        var digest = await DigestAsync(http.Request);
        var record = await db.ReadAsync(sql =>
            sql.FirstOrDefaultAsync<Row>("Idempotency_Find", new { Key = key, Caller = caller, Since = clock.GetUtcNow() - Kept }),
            http.RequestAborted);
        if (record is not null)
        {
            await ReplayAsync(http, record, digest);
            return;
        }
        await RunAsync(http, key, caller, digest);
    }

    private async Task RunAsync(HttpContext http, string key, Guid caller, string digest)
    {
        var scope = new IdempotencyScope(key, caller, digest);
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
        // A response marked no-store holds a secret: that the request was carried out is recorded, its text is not.
        if (scope.Recorded && !http.Response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal))
        {
            var answer = new
            {
                Key = key,
                Caller = caller,
                Status = http.Response.StatusCode,
                ContentType = http.Response.ContentType,
                Location = http.Response.Headers.Location.ToString(),
                Body = Encoding.UTF8.GetString(buffer.ToArray()),
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

    private static async Task ReplayAsync(HttpContext http, Row record, string digest)
    {
        if (record.Digest != digest)
        {
            await Results.Problem("This key was used with another request. Use a new key for a new request.", statusCode: 422,
                extensions: new Dictionary<string, object?> { ["code"] = "idempotency_mismatch" }).ExecuteAsync(http);
            return;
        }
        if (record.Status is null)
        {
            await Refusal.NotAllowed("idempotency_result_lost",
                "This request was processed and is not repeated, but its answer was lost. Look up the result.").ToHttp().ExecuteAsync(http);
            return;
        }
        http.Response.StatusCode = record.Status.Value;
        http.Response.ContentType = record.ContentType;
        if (!string.IsNullOrEmpty(record.Location)) http.Response.Headers.Location = record.Location;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        await http.Response.WriteAsync(record.Body ?? "");
    }

    private static async Task<string> DigestAsync(HttpRequest request)
    {
        request.EnableBuffering(MaxBody, MaxBody);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0) hash.AppendData(chunk, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Row
    {
        public required string Digest { get; init; }
        public required int? Status { get; init; }
        public required string? ContentType { get; init; }
        public required string? Location { get; init; }
        public required string? Body { get; init; }
    }
}
