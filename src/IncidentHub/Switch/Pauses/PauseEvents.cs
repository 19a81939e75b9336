using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Pauses;

/// <summary>A pause, not a drill, became active.</summary>
/// <param name="Sev">Its incident's; null without an incident.</param>
internal sealed record PauseActivated(Guid PauseId, Guid ProgramId, string ProgramCode, Guid? IncidentId, Sev? Sev, DateTimeOffset At)
    : LayerEvent<PauseActivated>;

/// <summary>A resume in stages was stopped: the pause that it released holds all its collectors again.</summary>
/// <param name="DecisionId">The decision that had released it.</param>
internal sealed record StagedResumeStopped(Guid PauseId, Guid DecisionId) : LayerEvent<StagedResumeStopped>;

/// <summary>The last of an incident's pauses is proven to have stopped all its collectors.</summary>
internal sealed record CollectionStopped(Guid IncidentId, DateTimeOffset At) : LayerEvent<CollectionStopped>;

/// <summary>Evidence came that collecting went on after the stop of a pause: its stop is not proven after all.</summary>
/// <param name="PausedAt">When that pause became active.</param>
internal sealed record StopDisproved(Guid IncidentId, DateTimeOffset PausedAt) : LayerEvent<StopDisproved>;
