using System.Threading.RateLimiting;
using IncidentHub.Switch.Collectors;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;
using IncidentHub.Switch.ApiKeys;

namespace IncidentHub.Switch.Protocol;

/// <summary>
/// Counts keys and collectors' secrets that were not known, by network address: each costs a look into the database, and nobody needs many.
/// What the hub knows goes on from that address, so that one machine with a revoked key does not stop its neighbours. Counts stand in
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

    /// <summary>Null: the request may go on.</summary>
    public Refusal? Refuse(HttpContext http)
    {
        // Nobody failed of late: what thousands do a second costs them nothing.
        if (clock.GetTimestamp() >= Interlocked.Read(ref _watchedUntil) || SecretOf(http) is not { } secret) return null;
        if (_addresses.GetStatistics(ClientAddress.Of(http)) is not { CurrentAvailablePermits: 0 } || keys.Knows(
            secret) || collectors.Knows(secret)) return null;
        return Refusal.TooMany("Too many unknown keys came from your network in a short time. Known keys continue to work.",
            Window / options.Value.FailuresPerAddress);
    }

    /// <summary>The request was answered.</summary>
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

/// <summary>Stands before the routes: some of them pass by everything that comes after.</summary>
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
