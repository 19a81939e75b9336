using System.Globalization;
using IncidentHub.Domain.Incidents;
using IncidentHub.Decisions;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Insight.Dashboard;

/// <summary>What is counted: incidents by SEV, and durations by bucket.</summary>
internal enum RollupKind { Incidents, Acknowledge, Pause, Stop, Contain, Resolve, Decide }

/// <summary>One unit of one count: an incident of a SEV in a week, or a duration that ended in a week.</summary>
internal readonly record struct RollupPart(RollupKind Kind, string Week, bool Restricted, int Item)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Week} {(Restricted ? 1 : 0)} {Item}");

    public static RollupPart Parse(string text)
    {
        var words = text.Split(' ');
        return new(Enum.Parse<RollupKind>(words[0]), words[1], words[2] == "1", int.Parse(words[3], CultureInfo.InvariantCulture));
    }
}

/// <summary>Computes the contribution of an incident or a decision to the dashboard, and reads quantiles from the sums.</summary>
internal static class Rollup
{
    /// <summary>A bucket is 10 % wide: a value read back is within 5 % of the exact one.</summary>
    private const double Width = 1.1;

    // Both fit their database column, however often an incident was reopened and however many programs are linked to it.
    private const int MaxParts = 60;
    private const int MaxPrograms = 60;

    /// <summary>The parts of an incident; a merged one has none, because the surviving incident is counted.</summary>
    public static IReadOnlyList<RollupPart> Of(MeasuredIncident i)
    {
        if (i.IsMerged) return [];
        var parts = new List<RollupPart> { new(RollupKind.Incidents, Week(i.Once.Declared), i.IsRestricted, (int)i.Sev) };
        Add(RollupKind.Acknowledge, Measures.ToAcknowledge(i.Once), i.Once.Acknowledged);
        foreach (var c in i.Cycles)
        {
            Add(RollupKind.Pause, Measures.ToPause(c), c.PauseOrdered);
            Add(RollupKind.Stop, Measures.ToProvenStop(c), c.CollectionStopped);
            Add(RollupKind.Contain, Measures.ToContain(c), c.Contained);
            Add(RollupKind.Resolve, Measures.ToResolve(c), c.Resolved);
        }
        return parts;

        void Add(RollupKind kind, TimeSpan? took, DateTimeOffset? ended)
        {
            if (took is { } t && ended is { } at && parts.Count < MaxParts) parts.Add(new(kind, Week(at), i.IsRestricted, Bucket(t)));
        }
    }

    /// <summary>The part of a final decision.</summary>
    public static IReadOnlyList<RollupPart> Of(DecidedDecision d) =>
        d.PausedSince is { } since ? [new(RollupKind.Decide, Week(d.DecidedAt), d.IsRestricted, Bucket(d.DecidedAt - since))] : [];

    /// <summary>The programs under which an incident's parts are counted, in addition to the overall sum.</summary>
    public static IReadOnlyList<string> Programs(MeasuredIncident i) => [.. i.Programs.Take(MaxPrograms)];

    /// <summary>The Monday of its week, in UTC: the same week for every viewer.</summary>
    public static string Week(DateTimeOffset at) => Monday(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly Monday(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    public static int Bucket(TimeSpan duration) => duration.TotalSeconds <= 1
        ? 0 : (int)Math.Floor(Math.Log(duration.TotalSeconds) / Math.Log(Width));

    /// <summary>The midpoint of a bucket.</summary>
    public static TimeSpan Duration(int bucket) => TimeSpan.FromSeconds(bucket <= 0 ? 1 : Math.Pow(Width, bucket + .5));

    /// <summary>The quantile of the counted durations, by nearest rank; null if none was counted.</summary>
    public static TimeSpan? Quantile(IReadOnlyCollection<(int Bucket, long Count)> counts, double share)
    {
        var all = counts.Sum(c => c.Count);
        if (all == 0) return null;
        var rank = Math.Max(1, (long)Math.Ceiling(share * all));
        long passed = 0;
        foreach (var (bucket, count) in counts.OrderBy(c => c.Bucket))
        {
            passed += count;
            if (passed >= rank) return Duration(bucket);
        }
        return null;
    }
}
