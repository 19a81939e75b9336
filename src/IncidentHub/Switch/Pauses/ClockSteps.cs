using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Pauses;
using IncidentHub.Domain.Programs;
using Microsoft.Extensions.Options;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// Notices when the hub's wall clock is set forward, by holding it against the monotonic one. Permits that were given out before such a
/// step seem to have run out, and have not.
/// What happened before this process began it cannot know.
/// </summary>
internal sealed class ClockSteps(TimeProvider clock, IOptions<SwitchLimits> limits)
{
    /// <summary>Clocks that are slewed, not set, differ by less than this over the longest permit.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(0.5);

    // As long as a permit can be out, and an act under it can last.
    private readonly TimeSpan _remember = Guarantee.Bound(limits.Value.MaxTtl, limits.Value.MaxGracePeriod);
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan At, TimeSpan Ahead)> _seen = [];

    /// <summary>Looks at both clocks. Answers by how much the wall clock was set forward within this time; zero almost always.</summary>
    /// <param name="within">How long ago a permit may have been given out that is still good for something.</param>
    public TimeSpan Forward(TimeSpan within)
    {
        lock (_lock)
        {
            var at = clock.GetElapsedTime(0, clock.GetTimestamp());
            var ahead = TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks) - at;
            _seen.Add((at, ahead));
            // The look before the time begins counts, too: the step may have come right after it.
            _seen.RemoveRange(0, Math.Max(0, _seen.FindLastIndex(s => s.At <= at - _remember)));
            var from = Math.Max(0, _seen.FindLastIndex(s => s.At <= at - within));
            var forward = ahead - _seen.Skip(from).Min(s => s.Ahead);
            return forward > Least ? forward : TimeSpan.Zero;
        }
    }

    /// <summary>The same while any permit of the program may still be good for something.</summary>
    public TimeSpan Forward(ProgramFacts program) => Forward(Guarantee.Bound(program.Ttl, program.GracePeriod));

    /// <summary>Looks at both clocks, so that a step is noticed when it matters.</summary>
    public void Look() => Forward(TimeSpan.Zero);
}
