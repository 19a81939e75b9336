namespace IncidentHub.Domain.Obligations;

/// <summary>Status of an obligation.</summary>
public enum ObligationStatus
{
    /// <summary>Its trigger fact has not come about, or is not known.</summary>
    NotTriggered,

    Open,

    /// <summary>The last notice was submitted.</summary>
    Met,

    /// <summary>Decided, with the recorded reason.</summary>
    NotRequired,

    /// <summary>Postponed on an authority's request.</summary>
    Delayed,
}

/// <summary>One notice of a phased notification.</summary>
/// <param name="At">When it was submitted.</param>
/// <param name="Reference">The number that the recipient gave it, or where the copy is.</param>
/// <param name="IsComplete">Whether nothing more has to be said: the obligation is met.</param>
public sealed record Notice(DateTimeOffset At, string Reference, string Note, bool IsComplete, DateTimeOffset RecordedAt, string By);

/// <summary>An authority's request to postpone.</summary>
/// <param name="Until">Null: until further notice.</param>
public sealed record ObligationDelay(string Authority, string Reason, DateTimeOffset? Until);

/// <summary>A clock that applies to an incident, and what was done about it.</summary>
public sealed record ObligationState
{
    public required Guid Id { get; init; }
    public required Guid IncidentId { get; init; }

    /// <summary>The duty, as the version of the regime in force at the trigger has it; until then as the newest has it.</summary>
    public required Regime Regime { get; init; }

    public required string DutyKey { get; init; }
    public ObligationStatus Status { get; init; }

    /// <summary>When the trigger fact came about.</summary>
    public DateTimeOffset? TriggeredAt { get; init; }

    /// <summary>When the company was aware, for duties with a latest time from awareness.</summary>
    public DateTimeOffset? AwareAt { get; init; }

    /// <summary>How the trigger was judged.</summary>
    public string? TriggerNote { get; init; }

    /// <summary>Null while it is not triggered, where the law gives no number, and in a delay until further notice.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was recorded that the due time had passed.</summary>
    public DateTimeOffset? LateAt { get; init; }

    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>Why nobody has to be notified.</summary>
    public string? NotRequiredReason { get; init; }

    public ObligationDelay? Delay { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; init; }

    public Duty Duty => Regime.Find(DutyKey)!;

    public bool IsOpen => Status is ObligationStatus.NotTriggered or ObligationStatus.Open or ObligationStatus.Delayed;

    public bool IsLate(DateTimeOffset now) => Status is ObligationStatus.Open or ObligationStatus.Delayed && DueAt <= now;

    /// <summary>
    /// While it is not triggered: when it would be due if the trigger had come about at that time. Null where an earlier notice triggers
    /// it, where the law gives no number, or where something is not known.
    /// </summary>
    /// <param name="trigger">When the incident was detected; null: not known.</param>
    /// <param name="holidays">Of the regime's calendar; null: not known.</param>
    public DateTimeOffset? WorstCase(DateTimeOffset? trigger, IReadOnlySet<DateOnly>? holidays) =>
        Status != ObligationStatus.NotTriggered || Duty.Trigger == TriggerFact.EarlierNotice || trigger is not { } at
        || (holidays is null && Duty.Due?.Unit == ClockUnit.BusinessDays)
            ? null : RegulatoryClock.DueAt(Regime, Duty, at, null, holidays ?? new HashSet<DateOnly>());
}
