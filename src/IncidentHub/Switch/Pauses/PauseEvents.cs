using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Pauses;

/// <summary>A pause, not a drill, became active.</summary>
/// <param name="Sev">The SEV of its incident; null without an incident.</param>
internal sealed record PauseActivated(Guid PauseId, Guid ProgramId, string ProgramCode, Guid? IncidentId, Sev? Sev, DateTimeOffset At)
    : LayerEvent<PauseActivated>;

/// <summary>A staged resume was stopped: the pause that it released applies to all its collectors again.</summary>
/// <param name="DecisionId">The decision that had released it.</param>
internal sealed record StagedResumeStopped(Guid PauseId, Guid DecisionId) : LayerEvent<StagedResumeStopped>;

/// <summary>The last of an incident's pauses is proven stopped.</summary>
internal sealed record CollectionStopped(Guid IncidentId, DateTimeOffset At) : LayerEvent<CollectionStopped>;

/// <summary>Evidence shows collection after the stop of a pause: its stop is not proven any more.</summary>
/// <param name="PausedAt">When that pause became active.</param>
internal sealed record StopDisproved(Guid IncidentId, DateTimeOffset PausedAt) : LayerEvent<StopDisproved>;
