using System.Threading.RateLimiting;
using IncidentHub.Switch.Collectors;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;
using IncidentHub.Switch.ApiKeys;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// Counts unknown keys and collector secrets per network address: each one costs a database lookup, and no legitimate client needs many.
/// Behind a proxy all senders may have one address: a valid secret is therefore never refused here, seen before or not. Above the limit,
/// secrets are looked up in the set of all valid hashes. Counts are kept in memory.
/// </summary>
internal sealed class FailedKeys(IOptions<KeysOptions> options, ApiKeyAuthentication keys, CollectorAuthentication collectors,
    ValidSecrets valid, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.FailuresPerAddress,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Window / options.Value.FailuresPerAddress,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    private long _watchedUntil;

    /// <summary>Null: the request may continue.</summary>
    public ValueTask<Refusal?> RefuseAsync(HttpContext http)
    {
        // No recent failures: the fast path for thousands of requests per second.
        if (clock.GetTimestamp() >= Interlocked.Read(ref _watchedUntil) || SecretOf(http) is not { } secret) return default;
        if (_addresses.GetStatistics(ClientAddress.Of(http)) is not { CurrentAvailablePermits: 0 } || keys.Knows(secret)
            || collectors.Knows(secret)) return default;
        return RefuseUnknownAsync(secret, http.RequestAborted);
    }

    /// <summary>Called when the request was answered.</summary>
    public void Count(HttpContext http)
    {
        if (http.Response.StatusCode != StatusCodes.Status401Unauthorized || SecretOf(http) is null) return;
        Interlocked.Exchange(ref _watchedUntil, clock.GetTimestamp() + (long)(Window.TotalSeconds * clock.TimestampFrequency));
        using var counted = _addresses.AttemptAcquire(ClientAddress.Of(http));
    }

    private async ValueTask<Refusal?> RefuseUnknownAsync(string secret, CancellationToken ct) => await valid.HoldsAsync(secret, ct)
        ? null
        : Refusal.TooMany("Too many unknown keys came from your network in a short time. Valid keys continue to work.",
            Window / options.Value.FailuresPerAddress);

    private static string? SecretOf(HttpContext http) => ApiKeyAuthentication.SecretOf(http.Request)
        ?? Secrets.Shown(http.Request, CollectorAuthentication.Prefix);

    public void Dispose() => _addresses.Dispose();
}

/// <summary>
/// The hashes of all valid secrets, of keys and collectors, read at most once a second: however many unknown ones are presented, the
/// database is asked no more often. A secret that another process made a moment ago is found within that second.
/// </summary>
internal sealed class ValidSecrets(Db db, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile HashSet<string>? _hashes;
    private long _readAt;

    public async ValueTask<bool> HoldsAsync(string secret, CancellationToken ct)
    {
        var hash = Secrets.Hash(secret);
        if (_hashes?.Contains(hash) == true) return true;
        await _reading.WaitAsync(ct);
        try
        {
            if (_hashes is null || clock.GetElapsedTime(_readAt) >= ReadEvery)
            {
                _hashes = await db.ReadAsync(async sql => (HashSet<string>)
                    [.. await ApiKeyReader.HashesAsync(sql, clock.GetUtcNow()), .. await CollectorReader.SecretHashesAsync(sql)], ct);
                _readAt = clock.GetTimestamp();
            }
            return _hashes.Contains(hash);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}

/// <summary>Runs before the routes: some of them skip all later middleware.</summary>
internal sealed class FailedKeyMiddleware(RequestDelegate next, FailedKeys failed)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (await failed.RefuseAsync(http) is { } why)
        {
            await why.ToHttp().ExecuteAsync(http);
            return;
        }
        await next(http);
        failed.Count(http);
    }
}
