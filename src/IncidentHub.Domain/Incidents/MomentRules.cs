namespace IncidentHub.Domain.Incidents;

/// <summary>The order of timestamps. Unknown ones are skipped.</summary>
public static class MomentRules
{
    /// <summary>
    /// The sequences that must not run backwards. A stop may be proven before or after the containment, so these two are not compared.
    /// </summary>
    private static IEnumerable<IEnumerable<(Moment Moment, int Cycle, DateTimeOffset? At)>> Sequences(
        OnceMoments once, IReadOnlyList<Cycle> cycles)
    {
        yield return
        [
            (Moment.ExposureStarted, 0, once.ExposureStarted), (Moment.Detected, 0, once.Detected), (Moment.Flagged, 0, once.Flagged),
            (Moment.Acknowledged, 0, once.Acknowledged), (Moment.Declared, 0, once.Declared), (Moment.Opened, 1, cycles[0].Opened),
        ];
        foreach (var c in cycles)
            yield return [(Moment.Opened, c.Number, c.Opened), (Moment.PauseOrdered, c.Number, c.PauseOrdered),
            (Moment.CollectionStopped, c.Number, c.CollectionStopped)];
        yield return
        [
            .. cycles.SelectMany(c => new (Moment, int, DateTimeOffset?)[]
            {
                (Moment.Opened, c.Number, c.Opened), (Moment.Contained, c.Number, c.Contained), (Moment.Resolved, c.Number, c.Resolved),
            }),
            (Moment.Closed, 0, once.Closed),
        ];
    }

    /// <summary>The first two known timestamps that are out of order, or null.</summary>
    public static (Moment Earlier, int EarlierCycle, DateTimeOffset EarlierAt, Moment Later, int LaterCycle,
        DateTimeOffset LaterAt)? FirstDisorder(OnceMoments once, IReadOnlyList<Cycle> cycles)
    {
        foreach (var sequence in Sequences(once, cycles))
        {
            (Moment Moment, int Cycle, DateTimeOffset At)? last = null;
            foreach (var (moment, cycle, at) in sequence)
            {
                if (at is not { } known) continue;
                if (last is { } before && known < before.At) return (before.Moment, before.Cycle, before.At, moment, cycle, known);
                last = (moment, cycle, known);
            }
        }
        return null;
    }

    /// <summary>The refusal where timestamps are out of order or one is after <paramref name="now"/>, or null.</summary>
    public static Refusal? Check(OnceMoments once, IReadOnlyList<Cycle> cycles, DateTimeOffset now, string field = "at")
    {
        var known = Sequences(once, cycles).SelectMany(s => s).Where(m => m.At > now).ToArray();
        if (known.Length > 0) return Refusal.Invalid(field, $"«{known[0].Moment.Label()}» must not be in the future.");
        if (FirstDisorder(once, cycles) is not { } wrong) return null;
        return Refusal.Invalid(
            field, $"«{Name(wrong.Earlier, wrong.EarlierCycle, cycles)}» ({Write(wrong.EarlierAt)}) must not be after "
                + $"«{Name(wrong.Later, wrong.LaterCycle, cycles)}» ({Write(wrong.LaterAt)}).");
    }

    /// <summary>The value of a timestamp, or null where unknown.</summary>
    public static DateTimeOffset? Get(OnceMoments once, Cycle cycle, Moment moment) => moment switch
    {
        Moment.ExposureStarted => once.ExposureStarted,
        Moment.Detected => once.Detected,
        Moment.Flagged => once.Flagged,
        Moment.Acknowledged => once.Acknowledged,
        Moment.Declared => once.Declared,
        Moment.Closed => once.Closed,
        Moment.Opened => cycle.Opened,
        Moment.PauseOrdered => cycle.PauseOrdered,
        Moment.CollectionStopped => cycle.CollectionStopped,
        Moment.Contained => cycle.Contained,
        Moment.Resolved => cycle.Resolved,
        _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "Unknown timestamp."),
    };

    /// <summary>The state with one moment set. <see cref="Moment.Declared"/> and <see cref="Moment.Opened"/> are always known.</summary>
    public static IncidentState With(IncidentState state, Moment moment, int cycle, DateTimeOffset? at)
    {
        var once = state.Moments;
        return moment switch
        {
            Moment.ExposureStarted => state with { Moments = once with { ExposureStarted = at } },
            Moment.Detected => state with { Moments = once with { Detected = at } },
            Moment.Flagged => state with { Moments = once with { Flagged = at } },
            Moment.Acknowledged => state with { Moments = once with { Acknowledged = at } },
            // The first cycle is opened by the declaration: one moment under two names.
            Moment.Declared => WithCycle(state with { Moments = once with { Declared = Required(at) } }, 1, c =>
                c with { Opened = Required(at) }),
            Moment.Closed => state with { Moments = once with { Closed = at } },
            Moment.Opened => WithCycle(state, cycle, c => c with { Opened = Required(at) }),
            Moment.PauseOrdered => WithCycle(state, cycle, c => c with { PauseOrdered = at }),
            Moment.CollectionStopped => WithCycle(state, cycle, c => c with { CollectionStopped = at }),
            Moment.Contained => WithCycle(state, cycle, c => c with { Contained = at }),
            Moment.Resolved => WithCycle(state, cycle, c => c with { Resolved = at }),
            _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "Unknown timestamp."),
        };
    }

    private static IncidentState WithCycle(IncidentState state, int number, Func<Cycle, Cycle> change) =>
        state with { Cycles = [.. state.Cycles.Select(c => c.Number == number ? change(c) : c)] };

    private static DateTimeOffset Required(DateTimeOffset? at) =>
        at ?? throw new InvalidOperationException("This timestamp is always known.");

    private static string Name(Moment moment, int cycle, IReadOnlyList<Cycle> cycles) =>
        moment.IsPerCycle() && cycles.Count > 1 ? $"{moment.Label()}, cycle {cycle}" : moment.Label();

    private static string Write(DateTimeOffset at) => at.ToUniversalTime()
        .ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
