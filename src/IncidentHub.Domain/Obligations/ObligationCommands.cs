namespace IncidentHub.Domain.Obligations;

/// <summary>Commands of an obligation.</summary>
public abstract record ObligationCommand;

/// <summary>Records when the trigger fact came about, or corrects it.</summary>
/// <param name="AwareAt">Only for duties with a latest time from awareness.</param>
/// <param name="Note">How it was judged; of a correction, why.</param>
/// <param name="Versions">All versions of the regime: the one in force at the trigger counts.</param>
/// <param name="Holidays">Of the regime's calendar.</param>
public sealed record SetTrigger(DateTimeOffset At, DateTimeOffset? AwareAt, string Note, IReadOnlyList<Regime> Versions,
    IReadOnlySet<DateOnly> Holidays) : ObligationCommand;

/// <summary>Records a notice that was submitted.</summary>
public sealed record RecordNotice(DateTimeOffset At, string Reference, string Note, bool IsComplete) : ObligationCommand;

/// <summary>Records the decision not to notify.</summary>
public sealed record DecideNotRequired(string Reason) : ObligationCommand;

/// <summary>Records an authority's request to postpone.</summary>
/// <param name="Until">Null: until further notice.</param>
public sealed record DelayObligation(string Authority, string Reason, DateTimeOffset? Until) : ObligationCommand;

/// <summary>The authority's reason has ended.</summary>
/// <param name="DueAt">When it is due now.</param>
public sealed record EndDelay(DateTimeOffset DueAt, string Reason) : ObligationCommand;

/// <summary>What was decided or submitted does not suffice after all.</summary>
public sealed record ReopenObligation(string Reason) : ObligationCommand;

/// <summary>Recomputes the due time after a change of the calendar of holidays. Sent by the hub.</summary>
public sealed record RecomputeDue(IReadOnlySet<DateOnly> Holidays) : ObligationCommand;

/// <summary>The due time has passed. Sent by a timer; changes nothing where that is recorded already.</summary>
public sealed record MarkLate : ObligationCommand;

/// <summary>The obligation was put on the incident's list.</summary>
public sealed record ObligationTracked(string Name) : DomainEvent;

/// <param name="Before">The trigger before a correction.</param>
public sealed record TriggerSet(DateTimeOffset At, DateTimeOffset? Before, DateTimeOffset? DueAt, string Note) : DomainEvent;

public sealed record NoticeRecorded(Notice Notice) : DomainEvent;

public sealed record ObligationMet : DomainEvent;

public sealed record NotRequiredDecided(string Reason) : DomainEvent;

public sealed record ObligationDelayed(ObligationDelay Delay) : DomainEvent;

public sealed record DelayEnded(DateTimeOffset DueAt, string Reason) : DomainEvent;

public sealed record ObligationReopened(string Reason) : DomainEvent;

public sealed record DueRecomputed(DateTimeOffset? Before, DateTimeOffset? DueAt) : DomainEvent;

public sealed record ObligationLate(DateTimeOffset DueAt) : DomainEvent;
