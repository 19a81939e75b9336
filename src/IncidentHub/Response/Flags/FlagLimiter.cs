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

    /// <summary>The megabytes of files that one account, and one network address, may attach in an hour.</summary>
    public int MegabytesPerHour { get; set; } = 100;
}

/// <summary>
/// Limits the rate of flags and prevents guessing of receipts: a code has 80 random bits, and only its SHA-256 is looked up, so that
/// neither many attempts nor response times reveal one. Counts are kept in memory for as long as they count and never stored: nothing here
/// identifies the reporter of an anonymous flag.
/// </summary>
internal sealed class FlagLimiter(IOptions<FlagLimits> limits) : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10), Hour = TimeSpan.FromHours(1);
    private readonly PartitionedRateLimiter<string> _accounts = Limiter(limits.Value.PerAccount);
    private readonly PartitionedRateLimiter<string> _addresses = Limiter(limits.Value.PerAddress);
    private readonly PartitionedRateLimiter<string> _receipts = Limiter(limits.Value.ReceiptsPerAddress);
    private readonly PartitionedRateLimiter<string> _fileAccounts = Limiter(limits.Value.MegabytesPerHour, Hour);
    private readonly PartitionedRateLimiter<string> _fileAddresses = Limiter(limits.Value.MegabytesPerHour, Hour);

    /// <summary>Null if the flag may be filed, otherwise the refusal.</summary>
    public Refusal? Filing(HttpContext http) =>
        Ask(_accounts, http.Actor().Id.ToString(), "You have filed many flags in a short time.")
            ?? Ask(_addresses, ClientAddress.Of(http), "Many flags came from your network in a short time.");

    /// <summary>Null if the code may be looked up, otherwise the refusal.</summary>
    public Refusal? LookingUp(HttpContext http) =>
        Ask(_receipts, ClientAddress.Of(http), "Many codes were tried from your network in a short time.");

    /// <summary>Null if so many bytes of files may be attached, otherwise the refusal.</summary>
    /// <param name="byReceipt">The sender is known by a receipt only.</param>
    public Refusal? Attaching(HttpContext http, long bytes, bool byReceipt = false)
    {
        if (bytes == 0) return null;
        // A single file always fits into an unused limit.
        var megabytes = (int)Math.Clamp((bytes + Megabyte - 1) / Megabyte, 1, limits.Value.MegabytesPerHour);
        const string many = "Many large files were sent in a short time. Send the text without files.";
        return (byReceipt ? null : Ask(_fileAccounts, http.Actor().Id.ToString(), many, megabytes))
            ?? Ask(_fileAddresses, ClientAddress.Of(http), many, megabytes);
    }

    private static Refusal? Ask(PartitionedRateLimiter<string> limiter, string who, string why, int permits = 1)
    {
        using var lease = limiter.AttemptAcquire(who, permits);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return Refusal.TooMany(
            $"{why} Try again in {(minutes == 1 ? "a minute" : $"{minutes} minutes")}. In an emergency, call the responder on duty.", wait);
    }

    // A token is replenished every window/limit: a caller can continue after a short wait, a flood is limited to that rate.
    private static PartitionedRateLimiter<string> Limiter(int most, TimeSpan? window = null) =>
        PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = (window ?? Window) / most,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    public void Dispose()
    {
        _accounts.Dispose();
        _addresses.Dispose();
        _receipts.Dispose();
        _fileAccounts.Dispose();
        _fileAddresses.Dispose();
    }
}
