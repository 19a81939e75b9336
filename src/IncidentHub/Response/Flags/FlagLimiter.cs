using System.Threading.RateLimiting;
using IncidentHub.Platform.Http;
using Microsoft.Extensions.Options;

namespace IncidentHub.Response.Flags;

/// <summary>Configuration section <c>Flags</c>.</summary>
internal sealed class FlagLimits
{
    /// <summary>Flags that one account may file in ten minutes, by name and anonymously together.</summary>
    public int PerAccount { get; set; } = 10;

    /// <summary>Flags from one network address in ten minutes: an office may share one.</summary>
    public int PerAddress { get; set; } = 60;

    /// <summary>Receipt codes tried from one network address in ten minutes.</summary>
    public int ReceiptsPerAddress { get; set; } = 30;
}

/// <summary>
/// Keeps floods out of triage, and makes guessing receipts hopeless: a code has 80 random bits, and only its SHA-256 is looked up, so that
/// neither the number of tries nor the time of an answer leads anywhere. Counts live in memory for ten minutes and are never written: an
/// anonymous flag leaves no trace here either.
/// </summary>
internal sealed class FlagLimiter(IOptions<FlagLimits> limits) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly PartitionedRateLimiter<string> _accounts = Limiter(limits.Value.PerAccount);
    private readonly PartitionedRateLimiter<string> _addresses = Limiter(limits.Value.PerAddress);
    private readonly PartitionedRateLimiter<string> _receipts = Limiter(limits.Value.ReceiptsPerAddress);

    /// <summary>Null: it may be filed.</summary>
    public Refusal? Filing(HttpContext http) =>
        Ask(_accounts, http.Actor().Id.ToString(), "You have filed many flags in a short time.")
            ?? Ask(_addresses, ClientAddress.Of(http), "Many flags came from your network in a short time.");

    /// <summary>Null: the code may be looked up.</summary>
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

    // A token comes back every tenth, say, of the window: whoever waits a little may go on, whoever floods waits.
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
