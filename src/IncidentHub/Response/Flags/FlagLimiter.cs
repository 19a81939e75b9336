using System.Threading.RateLimiting;
using IncidentHub.Platform.Http;
using Microsoft.Extensions.Options;

namespace IncidentHub.Response.Flags;

/// <summary>Configuration section <c>Flags</c>.</summary>
internal sealed class FlagLimits
{
    /// <summary>The number of flags that one account may file in ten minutes, named and anonymous together.</summary>
    public int PerAccount { get; set; } = 10;

    /// <summary>The number of flags from one network address in ten minutes: an office may share one address.</summary>
    public int PerAddress { get; set; } = 60;

    /// <summary>The number of receipt codes tried from one network address in ten minutes.</summary>
    public int ReceiptsPerAddress { get; set; } = 30;
}

/// <summary>
/// Limits the rate of flags and prevents guessing of receipts: a code has 80 random bits, and only its SHA-256 is looked up, so that
/// neither many attempts nor response times reveal one. Counts are kept in memory for ten minutes and never stored: nothing here
/// identifies the reporter of an anonymous flag.
/// </summary>
internal sealed class FlagLimiter(IOptions<FlagLimits> limits) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly PartitionedRateLimiter<string> _accounts = Limiter(limits.Value.PerAccount);
    private readonly PartitionedRateLimiter<string> _addresses = Limiter(limits.Value.PerAddress);
    private readonly PartitionedRateLimiter<string> _receipts = Limiter(limits.Value.ReceiptsPerAddress);

    /// <summary>Null if the flag may be filed, otherwise the refusal.</summary>
    public Refusal? Filing(HttpContext http) =>
        Ask(_accounts, http.Actor().Id.ToString(), "You have filed many flags in a short time.")
            ?? Ask(_addresses, ClientAddress.Of(http), "Many flags came from your network in a short time.");

    /// <summary>Null if the code may be looked up, otherwise the refusal.</summary>
    public Refusal? LookingUp(HttpContext http) =>
        Ask(_receipts, ClientAddress.Of(http), "Many codes were tried from your network in a short time.");

    private static Refusal? Ask(PartitionedRateLimiter<string> limiter, string who, string why)
    {
        using var lease = limiter.AttemptAcquire(who);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return Refusal.TooMany(
            $"{why} Try again in {(minutes == 1 ? "a minute" : $"{minutes} minutes")}. In an emergency, call the responder on duty.", wait);
    }

    // A token is replenished every window/limit: a caller can continue after a short wait, a flood is limited to that rate.
    private static PartitionedRateLimiter<string> Limiter(int most) =>
        PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Window / most,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    public void Dispose()
    {
        _accounts.Dispose();
        _addresses.Dispose();
        _receipts.Dispose();
    }
}
