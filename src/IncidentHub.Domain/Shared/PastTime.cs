namespace IncidentHub.Domain;

/// <summary>The rule for times of past events that people enter: not before 1970, and not in the future.</summary>
public static class PastTime
{
    /// <summary>The earliest time. An earlier year is a slip of the keyboard.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>How far the clock of a browser or a caller may be ahead of the hub's. A time within it counts as now.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    /// <summary>The time to record: <paramref name="now"/> for one that is ahead by no more than the clocks may differ.</summary>
    public static DateTimeOffset? Of(DateTimeOffset? at, DateTimeOffset now) => at > now && at <= now + ClockDifference ? now : at;

    /// <summary>What is wrong with a time, or null. An unknown time is accepted.</summary>
    public static string? Fault(DateTimeOffset? at, DateTimeOffset now) =>
        at < Earliest ? "Must not be before 1970." : at > now + ClockDifference ? "Must not be in the future." : null;

    /// <summary>Adds what is wrong with a time to its field.</summary>
    public static Validation Past(this Validation check, DateTimeOffset? at, string field, DateTimeOffset now) =>
        Fault(at, now) is { } fault ? check.Check(false, field, fault) : check;

    /// <summary>Adds an error to the end of a range that is not after its start. An open range is accepted.</summary>
    public static Validation Range(this Validation check, DateTimeOffset? from, string fromField, DateTimeOffset? to, string toField) =>
        check.Check(from is null || to is null || from < to, toField, $"Must be after «{fromField}».");
}
