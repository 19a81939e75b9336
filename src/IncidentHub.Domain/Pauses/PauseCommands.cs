namespace IncidentHub.Domain.Pauses;

/// <summary>What can be asked of one pause.</summary>
public abstract record PauseCommand;

/// <summary>What every new pause says.</summary>
public sealed record PauseOrder(Guid Id, Guid ProgramId, PauseScope Scope, PauseOrigin Origin, string Reason, PauseCause? Cause = null,
    BufferPolicy Buffers = BufferPolicy.Hold);

/// <summary>A pause that comes in force at <paramref name="Deadline"/> unless the program's owner declines it with a reason.</summary>
public sealed record ProposePause(PauseOrder Order, DateTimeOffset Deadline) : PauseCommand;

/// <summary>A pause in force at once.</summary>
public sealed record PlacePause(PauseOrder Order, RaisedSwitch Raised) : PauseCommand;

/// <summary>A pause in force at once that ends by itself at <paramref name="EndsAt"/>.</summary>
public sealed record StartDrill(PauseOrder Order, DateTimeOffset EndsAt, RaisedSwitch Raised) : PauseCommand;

/// <summary>A proposed pause becomes active: by a person or the SEV policy at any time, by the hub only at its deadline.</summary>
/// <param name="Cause">Where the policy asks for it: what the incident is now. Null leaves the pause's own.</param>
public sealed record BringInForce(RaisedSwitch Raised, PauseCause? Cause = null) : PauseCommand;

/// <summary>A proposed pause is declined, with a reason.</summary>
public sealed record DeclinePause(string Reason) : PauseCommand;

/// <summary>
/// The incident was reopened: the standing pause counts for the new cycle. What a stage released is taken back by a recall of its own.
/// </summary>
public sealed record ReassertPause(PauseCause Cause) : PauseCommand;

/// <summary>
/// Collectors are to seal what they have buffered, from now on. There is no way back: a standing policy is only ever tightened.
/// </summary>
public sealed record SealBuffers : PauseCommand;

/// <summary>A final decision lets a further share of the collectors collect again: a stage of its resume.</summary>
/// <param name="Percent">1 to 99, more than before; the rest is <see cref="LiftPause"/>.</param>
public sealed record ReleaseShare(FinalDecision Decision, int Percent) : PauseCommand;

/// <summary>The staged resume ends early: the pause holds every collector again.</summary>
public sealed record TakeBackShare : PauseCommand;

/// <summary>A final decision lifts the pause.</summary>
public sealed record LiftPause(FinalDecision Decision) : PauseCommand;

/// <summary>The planned end of a drill has come.</summary>
public sealed record EndDrill : PauseCommand;

/// <summary>The program's switch after it was raised for a pause, in the same transaction.</summary>
/// <param name="MaxPermitExp">The latest end of any permit given out before; null where none ever was.</param>
/// <param name="Grace">G: the longest act of a collector that cannot be interrupted.</param>
public sealed record RaisedSwitch(long Epoch, DateTimeOffset? MaxPermitExp, TimeSpan Grace);

public sealed record PauseProposed(Guid PauseId, DateTimeOffset Deadline) : DomainEvent;
public sealed record PauseTookForce(Guid PauseId, long Epoch, DateTimeOffset GuaranteedAt) : DomainEvent;
public sealed record PauseDeclined(Guid PauseId, string Reason) : DomainEvent;
public sealed record PauseReasserted(Guid PauseId, int Cycle) : DomainEvent;
public sealed record BuffersSealed(Guid PauseId) : DomainEvent;
public sealed record ShareReleased(Guid PauseId, int Percent, FinalDecision Decision) : DomainEvent;
public sealed record ShareTakenBack(Guid PauseId, int Percent) : DomainEvent;
public sealed record PauseLifted(Guid PauseId, FinalDecision Decision) : DomainEvent;
public sealed record DrillEnded(Guid PauseId) : DomainEvent;
