using System.Collections.Concurrent;
using IncidentHub.Domain.Access;

namespace IncidentHub.Response.Incidents;

/// <summary>
/// Limits the guessing of codes: after a few wrong ones a person has to wait, also with a right one. Codes have 19·27⁵ values. Counted in
/// memory: each wrong code is in the audit log.
/// </summary>
internal sealed class BreakGlassLimiter(TimeProvider clock)
{
    public const int MostWrong = 5;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<Guid, List<DateTimeOffset>> _wrong = new();

    /// <summary>Null if a code may be tried, otherwise the refusal.</summary>
    public Refusal? Ask(Actor actor)
    {
        if (!_wrong.TryGetValue(actor.Id, out var tried)) return null;
        lock (tried)
        {
            var now = clock.GetUtcNow();
            tried.RemoveAll(at => now - at >= Window);
            if (tried.Count < MostWrong) return null;
            var wait = tried[0] + Window - now;
            return Refusal.TooMany(
                $"You entered {MostWrong} codes that do not exist. Try again in {Math.Ceiling(wait.TotalMinutes):0} minutes, or ask "
                    + "privacy to name you on the incident.", wait);
        }
    }

    /// <summary>A wrong code was entered.</summary>
    public void Count(Actor actor)
    {
        var tried = _wrong.GetOrAdd(actor.Id, _ => []);
        lock (tried) tried.Add(clock.GetUtcNow());
    }
}
