using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Collectors;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// All that the switch's components show of one program, the same for every viewer; what only some may see they ask for themselves.
/// </summary>
public sealed record SwitchView
{
    /// <summary>Rises with each that is read: one that began to be read later shows nothing older.</summary>
    public required long Number { get; init; }

    /// <summary>
    /// The same as the last one's where nothing but the collectors' own doing can have changed: how many there are, and how far a stop has
    /// got.
    /// </summary>
    public required long Revision { get; init; }
    public required Guid ProgramId { get; init; }
    public required string Code { get; init; }
    public required CollectionStatus Status { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>The longest that a stop can take.</summary>
    public required TimeSpan Bound { get; init; }

    /// <summary>Collectors that are enrolled and not revoked, and how many of them hold an unexpired permit.</summary>
    public required long Registered { get; init; }
    public required long WithPermit { get; init; }

    /// <summary>Keys that read the program's flag within the last day. What they read is cached by their clients: not bounded.</summary>
    public required int Readers { get; init; }

    /// <summary>Proposed and active pauses, oldest first.</summary>
    public required IReadOnlyList<PauseState> Open { get; init; }

    /// <summary>The active pause whose stop is told, and how far it has got.</summary>
    public required PauseState? Shown { get; init; }
    public required StopProgress? Stop { get; init; }

    /// <summary>How far a resume in stages has got; null where there is none.</summary>
    public required ResumeProgress? Resume { get; init; }

    /// <summary>
    /// The last drill that ended, and how long its stop took; null where there was none, or it did not come to a full stop.
    /// </summary>
    public required DateTimeOffset? LastDrillAt { get; init; }
    public required TimeSpan? LastDrillStop { get; init; }

    /// <summary>The newest collectors. For viewers who may see them.</summary>
    internal Page<CollectorRow> Newest { get; init; } = null!;

    internal ProgramFacts Program { get; init; } = null!;

    public PauseState? Proposed => Open.Where(p => p.Status == PauseStatus.Proposed).MinBy(p => p.Deadline);

    public Relation Relation(Actor actor) => Program.Relation(actor);
}

/// <summary>How far a resume in stages has got.</summary>
/// <param name="Stage">The stage that stands, 1 for the first.</param>
/// <param name="Share">Percent of the collectors that may collect.</param>
/// <param name="NextAt">When its soak ends.</param>
/// <param name="NextShare">What is released then; 100 lifts the pause.</param>
/// <param name="Decision">The decision's code.</param>
public sealed record ResumeProgress(int Stage, int Of, int Share, DateTimeOffset StartedAt, DateTimeOffset NextAt,
    int NextShare, string Decision);

/// <summary>How far a stop has got.</summary>
/// <param name="FullStopAt">When the last collector had provably stopped; null until all have.</param>
/// <param name="Curve">Seconds after the pause, and how many had stopped by then.</param>
/// <param name="PendingCollectors">The first of those that are not proven. For viewers who may see collectors.</param>
/// <param name="PendingCollectorsNext">The cursor after them; null where they are all.</param>
public sealed record StopProgress(
    long Population, long Confirmed, long Assured, long Pending, long Violating, int Idle, int Revoked, DateTimeOffset? FullStopAt,
    IReadOnlyList<(double AfterSeconds, long Stopped)> Curve, IReadOnlyList<PendingCollector> PendingCollectors,
        string? PendingCollectorsNext)
{
    public long Proven => Confirmed + Assured;
}

/// <summary>A collector whose stop is not proven yet.</summary>
/// <param name="StoppedBy">When its permit, with G and a second, has certainly run out.</param>
public sealed record PendingCollector(string Name, DateTimeOffset? HeardAt, DateTimeOffset StoppedBy, bool Violating);
