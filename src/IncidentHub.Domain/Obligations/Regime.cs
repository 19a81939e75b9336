namespace IncidentHub.Domain.Obligations;

/// <summary>The fact that starts a clock. None of them is the detection: somebody has to judge that it has come about.</summary>
public enum TriggerFact
{
    /// <summary>Reasonable certainty that personal data was breached.</summary>
    Awareness,

    /// <summary>The breach was discovered, or would have been with reasonable diligence.</summary>
    Discovery,

    /// <summary>A high risk to the people concerned was judged.</summary>
    HighRisk,

    /// <summary>Awareness that the incident is significant.</summary>
    SignificantIncident,

    /// <summary>The incident was classified as major.</summary>
    MajorIncident,

    /// <summary>The incident was determined to be material.</summary>
    Materiality,

    /// <summary>The notice of another duty of the same regime was submitted; its clock starts by itself.</summary>
    EarlierNotice,

    /// <summary>As a contract says.</summary>
    Contract,
}

/// <summary>One duty of a regime: what starts it, when it is due, and what must be said.</summary>
public sealed record Duty
{
    /// <summary>Unique in the regime, of lower-case letters, digits and dashes: <c>authority</c>.</summary>
    public required string Key { get; init; }

    /// <summary>«Notify the supervisory authority».</summary>
    public required string Name { get; init; }

    public required TriggerFact Trigger { get; init; }

    /// <summary>The duty whose notice starts this one; only with <see cref="TriggerFact.EarlierNotice"/>.</summary>
    public string? After { get; init; }

    /// <summary>Null: without undue delay; the elapsed time is shown.</summary>
    public ClockTerm? Due { get; init; }

    /// <summary>
    /// The latest time from awareness, where the trigger came within it; where it came later, only <see cref="Due"/> counts.
    /// </summary>
    public ClockTerm? AtMostFromAwareness { get; init; }

    /// <summary>Proposed only for more people than this; null: for any number.</summary>
    public long? MoreThanSubjects { get; init; }

    /// <summary>What the notice must say.</summary>
    public required string Says { get; init; }
}

/// <summary>
/// A set of regulatory or contractual clocks, one version of it. A clock is judged by the version that was in force on the day of its
/// trigger. It is a help for people who know the law, not legal advice.
/// </summary>
public sealed record Regime
{
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>Proposed where people in one of these regions are concerned; empty: in any.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Proposed where data of one of these categories was exposed; empty: of any.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>False: never proposed, because it depends on what the company is rather than on the data.</summary>
    public bool IsProposed { get; init; } = true;

    /// <summary>From this day on, in <see cref="TimeZone"/>, until a version with a later one.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>IANA name of the zone in which days are counted.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>When the last day of a clock in business days ends; null: at the time of day of its trigger, the strict reading.</summary>
    public TimeOnly? DayEnds { get; init; }

    /// <summary>The calendar of public holidays for business days.</summary>
    public string? Calendar { get; init; }

    public required IReadOnlyList<Duty> Duties { get; init; }

    /// <summary>Where the law or the contract can be read.</summary>
    public required string Source { get; init; }

    /// <summary>When somebody last compared this row with the source.</summary>
    public required DateOnly CheckedOn { get; init; }

    public Duty? Find(string key) => Duties.FirstOrDefault(d => d.Key == key);

    /// <summary>The version in force on a day: the one with the latest effective day, and of several the newest.</summary>
    public static Regime? InForce(IEnumerable<Regime> versions, DateTimeOffset at) =>
        versions.Where(v => v.EffectiveFrom <= LocalDay.Of(at, v.TimeZone))
            .MaxBy(v => (v.EffectiveFrom, v.Version));
}
