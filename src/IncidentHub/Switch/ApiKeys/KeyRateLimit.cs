using System.Collections.Concurrent;
using System.Globalization;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Keys;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.ApiKeys;

/// <summary>What a key has left.</summary>
/// <param name="Remaining">Requests that it may make now.</param>
/// <param name="FullAfter">Seconds until it may make all of them again.</param>
internal readonly record struct KeyQuota(bool IsAllowed, int Remaining, int FullAfter);

/// <summary>
/// Each key has its own limit, so that one client cannot exhaust the hub for others. Unused requests are saved up for a minute. Counted in
/// memory, per process.
/// </summary>
internal sealed class KeyRateLimiter(IOptions<KeysOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Bucket> _buckets = new();

    public int PerMinute => options.Value.RequestsPerMinute;

    public KeyQuota Take(Guid keyId)
    {
        var bucket = _buckets.GetOrAdd(keyId, static (_, start) => new(start.PerMinute, start.Now), (PerMinute, Now: clock.GetTimestamp()));
        var perSecond = PerMinute / 60.0;
        lock (bucket)
        {
            var now = clock.GetTimestamp();
            bucket.Left = Math.Min(PerMinute, bucket.Left + (clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
            bucket.At = now;
            var allowed = bucket.Left >= 1;
            if (allowed) bucket.Left--;
            return new(allowed, (int)bucket.Left, (int)Math.Ceiling((PerMinute - bucket.Left) / perSecond));
        }
    }

    private sealed class Bucket(double left, long at)
    {
        public double Left = left;
        public long At = at;
    }
}

/// <summary>
/// Limits the requests of each key, and tells it what it has left: draft-ietf-httpapi-ratelimit-headers. The evaluation of flags has a
/// limit of its own.
/// </summary>
internal sealed class KeyRateLimitMiddleware(RequestDelegate next, ApiKeyAuthentication keys, KeyRateLimiter limiter)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api/v1") || await keys.FindAsync(http.Request, http.RequestAborted) is not { } key)
        {
            await next(http);
            return;
        }
        var quota = limiter.Take(key.Id);
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";q={limiter.PerMinute};w=60");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";r={quota.Remaining};t={quota.FullAfter}");
        if (quota.IsAllowed)
        {
            await next(http);
            return;
        }
        await Refusal.TooMany("This key has made too many requests. Slow down.", TimeSpan.FromMinutes(1) / limiter.PerMinute).ToHttp()
            .ExecuteAsync(http);
    }
}
