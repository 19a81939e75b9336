namespace IncidentHub.Domain.Pauses;

/// <summary>Commands of a pause.</summary>
public abstract record PauseCommand
{
    /// <summary>
    /// The program's switch, raised in the same transaction: set where the command is carried out, for those that change what collectors
    /// may do or must hear.
    /// </summary>
    public RaisedSwitch? Raised { get; init; }
}

/// <summary>What every new pause says.</summary>
public sealed record PauseOrder(Guid Id, Guid ProgramId, PauseScope Scope, PauseOrigin Origin, string Reason, PauseCause? Cause = null,
    BufferPolicy Buffers = BufferPolicy.Hold);

/// <summary>A pause that becomes active at <paramref name="Deadline"/> unless the program's owner declines it with a reason.</summary>
public sealed record ProposePause(PauseOrder Order, DateTimeOffset Deadline) : PauseCommand;

/// <summary>A pause that is active at once.</summary>
public sealed record PlacePause(PauseOrder Order) : PauseCommand;

/// <summary>A pause that is active at once and ends automatically at <paramref name="EndsAt"/>.</summary>
public sealed record StartDrill(PauseOrder Order, DateTimeOffset EndsAt) : PauseCommand;

/// <summary>A proposed pause becomes active: by a person or the SEV policy at any time, by the hub only at its deadline.</summary>
/// <param name="Cause">For an activation by the policy: the incident as it is now. Null keeps the pause's own cause.</param>
public sealed record ActivatePause(PauseCause? Cause = null) : PauseCommand;

/// <summary>A proposed pause is declined, with a reason.</summary>
public sealed record DeclinePause(string Reason) : PauseCommand;

/// <summary>The incident was reopened: the active pause counts for the new cycle. A recall revokes released shares.</summary>
public sealed record ReassertPause(PauseCause Cause) : PauseCommand;

/// <summary>Collectors must seal their buffers from now on. The policy can only be tightened, never loosened.</summary>
public sealed record SealBuffers : PauseCommand;

/// <summary>A final decision lets a further share of the collectors collect again: a stage of its resume.</summary>
/// <param name="Percent">1 to 99, more than before; the rest is <see cref="LiftPause"/>.</param>
/// <param name="Stage">Its number, from 1, of so many <paramref name="Stages"/>; the last of them lifts the pause.</param>
/// <param name="Soak">How long before the next.</param>
public sealed record ReleaseShare(FinalDecision Decision, int Percent, int Stage = 1, int Stages = 2, TimeSpan Soak = default)
    : PauseCommand;

/// <summary>The staged resume ends early: the pause applies to every collector again.</summary>
/// <param name="DecisionId">The decision that had released the share.</param>
public sealed record RevokeShare(Guid DecisionId) : PauseCommand;

/// <summary>A final decision lifts the pause.</summary>
public sealed record LiftPause(FinalDecision Decision) : PauseCommand;

/// <summary>The planned end of a drill has come.</summary>
public sealed record EndDrill : PauseCommand;

/// <summary>The program's switch after it was raised for a pause, in the same transaction.</summary>
/// <param name="MaxPermitExp">The latest end of any permit given out before; null where none ever was.</param>
/// <param name="GracePeriod">G: the longest act of a collector that cannot be interrupted.</param>
public sealed record RaisedSwitch(long Epoch, DateTimeOffset? MaxPermitExp, TimeSpan GracePeriod);

public sealed record PauseProposed(Guid PauseId, DateTimeOffset Deadline) : DomainEvent;

/// <summary>The pause is active: placed so, or activated.</summary>
public sealed record PauseBecameActive(Guid PauseId, long Epoch, DateTimeOffset GuaranteedAt) : DomainEvent;
public sealed record PauseDeclined(Guid PauseId, string Reason) : DomainEvent;
public sealed record PauseReasserted(Guid PauseId, int Cycle) : DomainEvent;
public sealed record BuffersSealed(Guid PauseId, long Epoch) : DomainEvent;
public sealed record ShareReleased(Guid PauseId, ReleaseShare Release, long Epoch) : DomainEvent;
public sealed record ShareRevoked(Guid PauseId, int Percent, Guid DecisionId) : DomainEvent;
public sealed record PauseLifted(Guid PauseId, FinalDecision Decision, long Epoch) : DomainEvent;
public sealed record DrillEnded(Guid PauseId, long Epoch) : DomainEvent;
