using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Gate;

/// <summary>Quarantined data requires a disposition, and none did before.</summary>
internal sealed record DataQuarantined(Guid ProgramId) : LayerEvent<DataQuarantined>;
