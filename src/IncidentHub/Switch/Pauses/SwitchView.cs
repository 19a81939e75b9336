using IncidentHub.Domain.Access;
using IncidentHub.Domain.Pauses;
using IncidentHub.Switch.Collectors;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Http;

namespace IncidentHub.Switch.Pauses;

/// <summary>
/// The switch of one program as shown by the components, the same for every viewer; components query separately what only some viewers may
/// see.
/// </summary>
public sealed record SwitchView
{
    /// <summary>Increases with each load: a view whose load began later shows nothing older.</summary>
    public required long Number { get; init; }

    /// <summary>
    /// Equal to that of the last view where only the collectors can have changed: their number, and the progress of a stop.
    /// </summary>
    public required long Revision { get; init; }
    public required Guid ProgramId { get; init; }
    public required string Code { get; init; }
    public required CollectionStatus Status { get; init; }
    public required IReadOnlyList<string> Categories { get; init; }
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>The longest time that a stop can take.</summary>
    public required TimeSpan Bound { get; init; }

    /// <summary>Since when no permit is issued after a restored backup, until a person confirms; null where that is not so.</summary>
    public required DateTimeOffset? HeldSince { get; init; }

    /// <summary>Collectors that are enrolled and not revoked, and how many of them hold an unexpired permit.</summary>
    public required long Registered { get; init; }
    public required long WithPermit { get; init; }

    /// <summary>Keys that read the program's flag within the last day. Their clients cache it: not bounded.</summary>
    public required int Readers { get; init; }

    /// <summary>Proposed and active pauses, oldest first.</summary>
    public required IReadOnlyList<PauseState> Open { get; init; }

    /// <summary>The active pause whose stop is displayed, and its progress.</summary>
    public required PauseState? Shown { get; init; }
    public required StopProgress? Stop { get; init; }

    /// <summary>The progress of a staged resume; null where there is none.</summary>
    public required ResumeProgress? Resume { get; init; }

    /// <summary>
    /// The last drill that ended, and the duration of its stop; null where there was none, or where not all collectors were proven stopped.
    /// </summary>
    public required DateTimeOffset? LastDrillAt { get; init; }
    public required TimeSpan? LastDrillStop { get; init; }

    /// <summary>The newest collectors. For viewers who may see them.</summary>
    internal Page<CollectorRow> Newest { get; init; } = null!;

    internal ProgramFacts Program { get; init; } = null!;

    public PauseState? Proposed => Open.Where(p => p.Status == PauseStatus.Proposed).MinBy(p => p.Deadline);

    public Relation Relation(Actor actor) => Program.Relation(actor);

    /// <summary>Without the pauses that do not exist for a viewer: proposals, which have no stop yet.</summary>
    internal SwitchView Of(Func<PauseState, bool> exists)
    {
        var open = Open.Where(exists).ToList();
        return open.Count == Open.Count ? this : this with
        {
            Open = open,
            Status = ProgramCollection.Derive(Program.Lifecycle, Categories, Regions, open, HeldSince is not null),
        };
    }
}

/// <summary>The progress of a staged resume.</summary>
/// <param name="Stage">The current stage, 1 for the first.</param>
/// <param name="Share">Percent of the collectors that may collect.</param>
/// <param name="NextAt">When its soak time ends.</param>
/// <param name="NextShare">The next share; 100 lifts the pause.</param>
/// <param name="Decision">The decision's code.</param>
public sealed record ResumeProgress(int Stage, int Of, int Share, DateTimeOffset StartedAt, DateTimeOffset NextAt,
    int NextShare, string Decision);

/// <summary>The progress of a stop.</summary>
/// <param name="FullStopAt">When the last collector was proven stopped; null until all are.</param>
/// <param name="Curve">Seconds after the pause, and how many had stopped by then.</param>
/// <param name="PendingCollectors">The first of those that are not proven. For viewers who may see collectors.</param>
/// <param name="PendingCollectorsNext">The cursor after them; null where the list is complete.</param>
public sealed record StopProgress(
    long Population, long Confirmed, long Assured, long Pending, long Violating, int Idle, int Revoked, DateTimeOffset? FullStopAt,
    IReadOnlyList<(double AfterSeconds, long Stopped)> Curve, IReadOnlyList<PendingCollector> PendingCollectors,
        string? PendingCollectorsNext)
{
    public long Proven => Confirmed + Assured;
}

/// <summary>A collector whose stop is not proven yet.</summary>
/// <param name="StoppedBy">When its permit, with G and a second, has certainly expired.</param>
public sealed record PendingCollector(string Name, DateTimeOffset? HeardAt, DateTimeOffset StoppedBy, bool Violating);
