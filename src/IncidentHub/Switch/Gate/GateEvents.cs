using IncidentHub.Platform.Journal;

namespace IncidentHub.Switch.Gate;

/// <summary>Data waits in quarantine for a disposition where none waited before.</summary>
internal sealed record DataQuarantined(Guid ProgramId) : LayerEvent<DataQuarantined>;
