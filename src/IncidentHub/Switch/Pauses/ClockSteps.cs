using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Detects when the hub's wall clock is set forward, by comparing it with the monotonic clock. Permits that were issued before such a step
/// appear to have expired, and have not. Steps before this process started are unknown to it.
/// </summary>
internal sealed class ClockSteps(TimeProvider clock, IOptions<SwitchLimits> limits)
{
    /// <summary>Clocks that are slewed instead of set differ by less than this over the longest permit.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.5);

    // The longest time that a permit can be valid, plus an act under it.
    private readonly TimeSpan _remember = Guarantee.Bound(limits.Value.MaxTtl, limits.Value.MaxGracePeriod);
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan At, TimeSpan Ahead)> _seen = [];

    /// <summary>Compares both clocks. Returns by how much the wall clock was set forward within this time; almost always zero.</summary>
    /// <param name="within">The age up to which an issued permit may still be usable.</param>
    public TimeSpan Forward(TimeSpan within)
    {
        lock (_lock)
        {
            var at = clock.GetElapsedTime(0, clock.GetTimestamp());
            var ahead = TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks) - at;
            _seen.Add((at, ahead));
            // The last sample before that time counts, too: the step may have happened right after it.
            _seen.RemoveRange(0, Math.Max(0, _seen.FindLastIndex(s => s.At <= at - _remember)));
            var from = Math.Max(0, _seen.FindLastIndex(s => s.At <= at - within));
            var forward = ahead - _seen.Skip(from).Min(s => s.Ahead);
            return forward > Least ? forward : TimeSpan.Zero;
        }
    }

    /// <summary>The same, while any permit of the program may still be usable.</summary>
    public TimeSpan Forward(ProgramFacts program) => Forward(Guarantee.Bound(program.Ttl, program.GracePeriod));

    /// <summary>Samples both clocks, so that a step is detected later.</summary>
    public void Look() => Forward(TimeSpan.Zero);
}
