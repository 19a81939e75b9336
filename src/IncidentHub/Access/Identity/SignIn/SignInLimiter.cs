using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace IncidentHub.Access.Identity;

/// <summary>
/// Limits failures to sign in by network address, and how many passwords are compared at the same time: comparing one is meant to be slow.
/// One account's are compared one after the other, so that guesses sent at once do not pass the lock-out. Kept in memory.
/// </summary>
internal sealed class SignInLimiter : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly int _most;
    private readonly PartitionedRateLimiter<string> _addresses;
    private readonly SemaphoreSlim[] _lanes =
        [.. Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount)).Select(_ => new SemaphoreSlim(1, 1))];

    public SignInLimiter(IOptions<IdentitySettings> settings)
    {
        _most = settings.Value.FailuresPerAddress;
        _addresses = PartitionedRateLimiter.Create<string, string>(who =>
            RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = _most,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = Window / _most,
                QueueLimit = 0,
                AutoReplenishment = true,
            }));
    }

    /// <summary>Null: another attempt may be made from this address.</summary>
    public Refusal? Refuse(SignInSource source) => _addresses.GetStatistics(source.Key) is { CurrentAvailablePermits: 0 }
        ? Refusal.TooMany("Too many attempts to sign in failed from your network. Try again in a minute.", Window / _most) : null;

    public void CountFailure(SignInSource source)
    {
        using var counted = _addresses.AttemptAcquire(source.Key);
    }

    /// <summary>Waits for the turn of this account; dispose to give it to the next.</summary>
    public async Task<IDisposable> TakeTurnAsync(string account, CancellationToken ct)
    {
        var lane = _lanes[(uint)account.GetHashCode(StringComparison.Ordinal) % _lanes.Length];
        await lane.WaitAsync(ct);
        return new Turn(lane);
    }

    public void Dispose()
    {
        _addresses.Dispose();
        foreach (var lane in _lanes) lane.Dispose();
    }

    private sealed class Turn(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}
