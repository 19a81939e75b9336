using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Programs;

/// <summary>What may be collected changed by the program itself: its categories, regions, launch or end.</summary>
internal sealed record ProgramScopeChanged(Guid ProgramId) : LayerEvent<ProgramScopeChanged>;
