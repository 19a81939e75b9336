namespace IncidentHub.Domain.Pauses;

/// <summary>Status of a pause. <see cref="Declined"/> and <see cref="Lifted"/> are final.</summary>
public enum PauseStatus { Proposed, Active, Declined, Lifted }

/// <summary>Who asked for a pause.</summary>
public enum PauseOrigin { Person, Policy }

/// <summary>
/// The cause of a pause: the incident, its cycle and SEV. A pause placed by a person for an incident has one too, without a policy version.
/// </summary>
/// <param name="Cycle">The incident's cycle, 1 at first, one more with every reopening.</param>
/// <param name="Sev">The level with which the pause was last placed or confirmed.</param>
public sealed record PauseCause(Guid IncidentId, int Cycle, Sev Sev, int? PolicyVersion);

/// <summary>Who did something, and when.</summary>
public sealed record By(Guid Id, string Name, DateTimeOffset At);

/// <summary>An order that a program stop collecting. A program may have several.</summary>
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

    /// <summary>The instruction for buffers of collectors.</summary>
    public BufferPolicy Buffers { get; init; }

    /// <summary>When a proposed pause becomes active.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>For a drill: when it ends as planned. Null for a real pause.</summary>
    public DateTimeOffset? DrillEndsAt { get; init; }

    public By? Activated { get; init; }

    /// <summary>The program's epoch since this pause became active: it stops the permits of older epochs.</summary>
    public long? Epoch { get; init; }

    /// <summary>When every honest collector has stopped even if the network is gone: <see cref="Guarantee.StopTime"/>.</summary>
    public DateTimeOffset? GuaranteedAt { get; init; }

    /// <summary>Percent of the collectors that a staged resume has released again; 0 at first.</summary>
    public int ReleasedShare { get; init; }

    /// <summary>Who declined or lifted it, and when.</summary>
    public By? Ended { get; init; }

    /// <summary>Why it was declined.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>The final decision that lifted it; null for a drill that ended as planned.</summary>
    public FinalDecision? Decision { get; init; }

    /// <summary>Incremented by every change; a stale write is refused.</summary>
    public int Version { get; init; } = 1;

    public bool IsDrill => DrillEndsAt is not null;
    public bool IsOpen => Status is PauseStatus.Proposed or PauseStatus.Active;

    /// <summary>
    /// Whether this pause forbids that category to a device in that region. A staged resume releases devices by their bucket, a stable hash
    /// from 0 to 9,999.
    /// </summary>
    public bool Covers(string category, string? region, int bucket = 9_999) =>
        Status == PauseStatus.Active && Reaches(Scope, ReleasedShare, category, region, bucket);

    /// <summary>
    /// The same for an active pause with that scope and released share: the only place that judges it, now and for what was collected
    /// earlier.
    /// </summary>
    public static bool Reaches(PauseScope scope, int releasedShare, string category, string? region, int bucket) =>
        bucket >= releasedShare * 100 && scope.Covers(category, region);
}

/// <summary>The final decision that ends a pause.</summary>
/// <param name="Label">As the timeline shows it, for example «Resume, decided by owner and privacy».</param>
public sealed record FinalDecision(Guid Id, string Label);
