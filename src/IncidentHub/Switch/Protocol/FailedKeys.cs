using System.Threading.RateLimiting;
using IncidentHub.Switch.Collectors;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;
using IncidentHub.Switch.ApiKeys;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// Counts unknown keys and collector secrets per network address: each one costs a database lookup, and no legitimate client needs many.
/// Known keys continue to work from that address, so that one machine with a revoked key does not block its neighbours. Counts are kept in
/// memory.
/// </summary>
internal sealed class FailedKeys(IOptions<KeysOptions> options, ApiKeyAuthentication keys, CollectorAuthentication collectors,
    TimeProvider clock) : IDisposable
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
    public Refusal? Refuse(HttpContext http)
    {
        // No recent failures: the fast path for thousands of requests per second.
        if (clock.GetTimestamp() >= Interlocked.Read(ref _watchedUntil) || SecretOf(http) is not { } secret) return null;
        if (_addresses.GetStatistics(ClientAddress.Of(http)) is not { CurrentAvailablePermits: 0 } || keys.Knows(
            secret) || collectors.Knows(secret)) return null;
        return Refusal.TooMany("Too many unknown keys came from your network in a short time. Known keys continue to work.",
            Window / options.Value.FailuresPerAddress);
    }

    /// <summary>Called when the request was answered.</summary>
    public void Count(HttpContext http)
    {
        if (http.Response.StatusCode != StatusCodes.Status401Unauthorized || SecretOf(http) is null) return;
        Interlocked.Exchange(ref _watchedUntil, clock.GetTimestamp() + (long)(Window.TotalSeconds * clock.TimestampFrequency));
        using var counted = _addresses.AttemptAcquire(ClientAddress.Of(http));
    }

    private static string? SecretOf(HttpContext http) => ApiKeyAuthentication.SecretOf(http.Request)
        ?? Secrets.Shown(http.Request, CollectorAuthentication.Prefix);

    public void Dispose() => _addresses.Dispose();
}

/// <summary>Runs before the routes: some of them skip all later middleware.</summary>
internal sealed class FailedKeyMiddleware(RequestDelegate next, FailedKeys failed)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (failed.Refuse(http) is { } why)
        {
            await why.ToHttp().ExecuteAsync(http);
            return;
        }
        await next(http);
        failed.Count(http);
    }
}
