using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.FeatureFlags;

internal sealed class OfrepOptions
{
    /// <summary>The request rate permitted per key.</summary>
    public int PerSecond { get; set; } = 5_000;
}

/// <summary>Each key has its own limit, so that one reader cannot exhaust the hub for other readers or for collectors.</summary>
internal sealed class OfrepLimiter(IOptions<OfrepOptions> options) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly PartitionedRateLimiter<Guid> _limiter = PartitionedRateLimiter.Create<Guid, Guid>(keyId =>
        RateLimitPartition.GetTokenBucketLimiter(keyId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.PerSecond,
            TokensPerPeriod = options.Value.PerSecond,
            ReplenishmentPeriod = Second,
            QueueLimit = 0,
        }));

    /// <summary>Null where the request is permitted, else the number of whole seconds after which to retry.</summary>
    public int? Refuses(Guid keyId)
    {
        using var lease = _limiter.AttemptAcquire(keyId);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
    }

    public void Dispose() => _limiter.Dispose();
}
