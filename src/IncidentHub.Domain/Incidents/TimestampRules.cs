namespace IncidentHub.Domain.Incidents;

/// <summary>The order of timestamps. Unknown ones are skipped.</summary>
public static class TimestampRules
{
    /// <summary>
    /// The sequences that must not run backwards. What is not compared may have happened in any order: a stop is proven before or after
    /// the containment, an exposure ends before or after it is detected, and what was contained and resolved before anybody declared or
    /// reopened the incident is recorded afterwards.
    /// </summary>
    private static IEnumerable<IEnumerable<(TimestampKind Timestamp, int Cycle, DateTimeOffset? At)>> Sequences(
        IncidentTimestamps once, IReadOnlyList<Cycle> cycles)
    {
        yield return
        [
            (TimestampKind.ExposureStarted, 0, once.ExposureStarted), (TimestampKind.Detected, 0, once.Detected),
                (TimestampKind.Flagged, 0, once.Flagged),
            (TimestampKind.Acknowledged, 0, once.Acknowledged), (TimestampKind.Declared, 0, once.Declared),
                (TimestampKind.Opened, 1, cycles[0].Opened),
        ];
        foreach (var c in cycles)
            yield return [(TimestampKind.Opened, c.Number, c.Opened), (TimestampKind.PauseOrdered, c.Number, c.PauseOrdered),
            (TimestampKind.CollectionStopped, c.Number, c.CollectionStopped)];
        yield return [.. cycles.Select(c => (TimestampKind.Opened, c.Number, (DateTimeOffset?)c.Opened))];
        yield return
        [
            (TimestampKind.ExposureStarted, 0, once.ExposureStarted),
            .. cycles.SelectMany(c => new (TimestampKind, int, DateTimeOffset?)[]
            {
                (TimestampKind.Contained, c.Number, c.Contained), (TimestampKind.Resolved, c.Number, c.Resolved),
            }),
            (TimestampKind.Closed, 0, once.Closed),
        ];
        foreach (var (c, next) in cycles.Zip(cycles.Skip(1)))
            yield return [(TimestampKind.Contained, c.Number, c.Contained), (TimestampKind.Resolved, c.Number, c.Resolved),
                (TimestampKind.Opened, next.Number, next.Opened)];
        yield return [(TimestampKind.Detected, 0, once.Detected), (TimestampKind.Resolved, cycles[0].Number, cycles[0].Resolved)];
    }

    /// <summary>The first two known timestamps that are out of order, or null.</summary>
    public static (TimestampKind Earlier, int EarlierCycle, DateTimeOffset EarlierAt, TimestampKind Later, int LaterCycle,
        DateTimeOffset LaterAt)? FirstDisorder(IncidentTimestamps once, IReadOnlyList<Cycle> cycles)
    {
        foreach (var sequence in Sequences(once, cycles))
        {
            (TimestampKind Timestamp, int Cycle, DateTimeOffset At)? last = null;
            foreach (var (timestamp, cycle, at) in sequence)
            {
                if (at is not { } known) continue;
                if (last is { } before && known < before.At) return (before.Timestamp, before.Cycle, before.At, timestamp, cycle, known);
                last = (timestamp, cycle, known);
            }
        }
        return null;
    }

    /// <summary>The refusal where timestamps are out of order or one is after <paramref name="now"/>, or null.</summary>
    public static Refusal? Check(IncidentTimestamps once, IReadOnlyList<Cycle> cycles, DateTimeOffset now, string field = "at")
    {
        if (Sequences(once, cycles).SelectMany(s => s).FirstOrDefault(m => m.At > now) is { At: not null } ahead)
            return Refusal.Invalid(field, $"«{ahead.Timestamp.Label()}» must not be in the future.");
        if (FirstDisorder(once, cycles) is not { } wrong) return null;
        return Refusal.Invalid(
            field, $"«{Name(wrong.Earlier, wrong.EarlierCycle, cycles)}» ({Write(wrong.EarlierAt)}) must not be after "
                + $"«{Name(wrong.Later, wrong.LaterCycle, cycles)}» ({Write(wrong.LaterAt)}).");
    }

    /// <summary>The value of a timestamp, or null where unknown.</summary>
    public static DateTimeOffset? Get(IncidentTimestamps once, Cycle cycle, TimestampKind timestamp) => timestamp switch
    {
        TimestampKind.ExposureStarted => once.ExposureStarted,
        TimestampKind.Detected => once.Detected,
        TimestampKind.Flagged => once.Flagged,
        TimestampKind.Acknowledged => once.Acknowledged,
        TimestampKind.Declared => once.Declared,
        TimestampKind.Closed => once.Closed,
        TimestampKind.Opened => cycle.Opened,
        TimestampKind.PauseOrdered => cycle.PauseOrdered,
        TimestampKind.CollectionStopped => cycle.CollectionStopped,
        TimestampKind.Contained => cycle.Contained,
        TimestampKind.Resolved => cycle.Resolved,
        _ => throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Unknown timestamp."),
    };

    /// <summary>
    /// The state with one moment set. <see cref="TimestampKind.Declared"/> and <see cref="TimestampKind.Opened"/> are always known.
    /// </summary>
    public static IncidentState With(IncidentState state, TimestampKind timestamp, int cycle, DateTimeOffset? at)
    {
        var once = state.Timestamps;
        return timestamp switch
        {
            TimestampKind.ExposureStarted => state with { Timestamps = once with { ExposureStarted = at } },
            TimestampKind.Detected => state with { Timestamps = once with { Detected = at } },
            TimestampKind.Flagged => state with { Timestamps = once with { Flagged = at } },
            TimestampKind.Acknowledged => state with { Timestamps = once with { Acknowledged = at } },
            // The first cycle is opened by the declaration: one moment under two names.
            TimestampKind.Declared => WithCycle(state with { Timestamps = once with { Declared = Required(at) } }, 1, c =>
                c with { Opened = Required(at) }),
            TimestampKind.Closed => state with { Timestamps = once with { Closed = at } },
            TimestampKind.Opened => WithCycle(state, cycle, c => c with { Opened = Required(at) }),
            TimestampKind.PauseOrdered => WithCycle(state, cycle, c => c with { PauseOrdered = at }),
            TimestampKind.CollectionStopped => WithCycle(state, cycle, c => c with { CollectionStopped = at }),
            TimestampKind.Contained => WithCycle(state, cycle, c => c with { Contained = at }),
            TimestampKind.Resolved => WithCycle(state, cycle, c => c with { Resolved = at }),
            _ => throw new ArgumentOutOfRangeException(nameof(timestamp), timestamp, "Unknown timestamp."),
        };
    }

    private static IncidentState WithCycle(IncidentState state, int number, Func<Cycle, Cycle> change) =>
        state with { Cycles = [.. state.Cycles.Select(c => c.Number == number ? change(c) : c)] };

    private static DateTimeOffset Required(DateTimeOffset? at) =>
        at ?? throw new InvalidOperationException("This timestamp is always known.");

    private static string Name(TimestampKind timestamp, int cycle, IReadOnlyList<Cycle> cycles) =>
        timestamp.IsPerCycle() && cycles.Count > 1 ? $"{timestamp.Label()}, cycle {cycle}" : timestamp.Label();

    private static string Write(DateTimeOffset at) => at.ToUniversalTime()
        .ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
