using IncidentHub.Platform.Journal;

namespace IncidentHub.Response.Incidents;

/// <summary>The level of an incident changed.</summary>
internal sealed record IncidentSevChanged(Guid IncidentId, Sev Sev) : LayerEvent<IncidentSevChanged>;

/// <summary>An incident is restricted from now on.</summary>
internal sealed record IncidentRestricted(Guid IncidentId) : LayerEvent<IncidentRestricted>;

/// <summary>A new cycle of an incident started: the criteria for these programs must be checked again.</summary>
/// <param name="ProgramIds">The programs with an open pause of the incident.</param>
/// <param name="Reason">The reason as entered: only for those who may see the incident.</param>
internal sealed record CycleReopened(Guid IncidentId, IReadOnlyCollection<Guid> ProgramIds, string Reason) : LayerEvent<CycleReopened>;

/// <summary>An incident was closed.</summary>
/// <param name="ReviewDueAt">When its review is due, by the cycle's version of the SEV policy; null: none is asked for.</param>
internal sealed record IncidentEnded(Guid IncidentId, DateTimeOffset? ReviewDueAt);

/// <summary>An incident was merged into another.</summary>
internal sealed record IncidentMergedInto(Guid FromId, string FromCode, Guid IntoId, string IntoCode) : LayerEvent<IncidentMergedInto>;
