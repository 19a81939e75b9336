using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>The level of an incident changed.</summary>
internal sealed record IncidentSevChanged(Guid IncidentId, Sev Sev) : LayerEvent<IncidentSevChanged>;

/// <summary>A new cycle of an incident began: what was checked for these programs must be checked again.</summary>
/// <param name="ProgramIds">Those on which a pause of the incident is open.</param>
/// <param name="Reason">Why, as it was written: for those who may see the incident.</param>
internal sealed record CycleReopened(Guid IncidentId, IReadOnlyCollection<Guid> ProgramIds, string Reason) : LayerEvent<CycleReopened>;

/// <summary>An incident continues in another one.</summary>
internal sealed record IncidentMergedInto(Guid FromId, string FromCode, Guid IntoId, string IntoCode) : LayerEvent<IncidentMergedInto>;
