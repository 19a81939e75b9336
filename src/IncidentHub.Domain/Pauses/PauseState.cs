namespace IncidentHub.Domain.Pauses;

/// <summary>Where a pause stands. <see cref="Declined"/> and <see cref="Lifted"/> are final.</summary>
public enum PauseStatus { Proposed, InForce, Declined, Lifted }

/// <summary>Who asked for a pause.</summary>
public enum PauseOrigin { Person, Policy }

/// <summary>
/// What the SEV policy's pause rests on; a pause that a person placed for an incident has one, too, without a policy version.
/// </summary>
/// <param name="Cycle">The incident's cycle, 1 at first, one more with every reopening.</param>
/// <param name="Sev">The level that the pause was last asked for with.</param>
public sealed record PauseCause(Guid IncidentId, int Cycle, Sev Sev, int? PolicyVersion);

/// <summary>Who did a thing, and when.</summary>
public sealed record By(Guid Id, string Name, DateTimeOffset At);

/// <summary>One order that a program stop collecting. Several may stand on one program.</summary>
public sealed record PauseState
{
    public required Guid Id { get; init; }
    public required Guid ProgramId { get; init; }
    public required PauseStatus Status { get; init; }
    public required PauseScope Scope { get; init; }
    public required PauseOrigin Origin { get; init; }
    public required string Reason { get; init; }
    public required By Placed { get; init; }
    public PauseCause? Cause { get; init; }

    /// <summary>What collectors are told to do with their buffers.</summary>
    public BufferPolicy Buffers { get; init; }

    /// <summary>When a proposed pause comes in force by itself.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>For a drill: when it ends as planned. Null for a real pause.</summary>
    public DateTimeOffset? DrillEndsAt { get; init; }

    public By? InForce { get; init; }

    /// <summary>The program's epoch since this pause came in force: permits of older epochs are the ones it outlives.</summary>
    public long? Epoch { get; init; }

    /// <summary>When every honest collector has stopped even if the network is gone: <see cref="Guarantee.Moment"/>.</summary>
    public DateTimeOffset? GuaranteedAt { get; init; }

    /// <summary>Percent of the collectors that a staged resume has released again; 0 at first.</summary>
    public int ReleasedShare { get; init; }

    /// <summary>Who declined or lifted it, and when.</summary>
    public By? Ended { get; init; }

    /// <summary>Why it was declined.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>The final decision that lifted it; null for a drill that ended as planned.</summary>
    public FinalDecision? Decision { get; init; }

    /// <summary>Raised by every change; a stale write is refused.</summary>
    public int Version { get; init; } = 1;

    public bool IsDrill => DrillEndsAt is not null;
    public bool IsOpen => Status is PauseStatus.Proposed or PauseStatus.InForce;

    /// <summary>
    /// Whether this pause forbids that category to a device in that region. A staged resume releases devices by their bucket, a stable hash
    /// from 0 to 9,999.
    /// </summary>
    public bool Covers(string category, string? region, int bucket = 9_999) =>
        Status == PauseStatus.InForce && Reaches(Scope, ReleasedShare, category, region, bucket);

    /// <summary>
    /// The same for a pause of that scope and released share that is in force: the one place where that is judged, now and for what was
    /// collected earlier.
    /// </summary>
    public static bool Reaches(PauseScope scope, int releasedShare, string category, string? region, int bucket) =>
        bucket >= releasedShare * 100 && scope.Covers(category, region);
}

/// <summary>The decision that ends a pause: only a final one is ever passed.</summary>
/// <param name="Label">As the history shows it, for example «Resume, decided by owner and privacy».</param>
public sealed record FinalDecision(Guid Id, string Label);
