using IncidentHub.Platform.Journal;

namespace IncidentHub.Catalog.Programs;

/// <summary>A change of the program itself changed what may be collected: its categories, regions, launch or end.</summary>
internal sealed record ProgramScopeChanged(Guid ProgramId) : LayerEvent<ProgramScopeChanged>;
