using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>What happened to an incident. <see cref="HappenedAt"/> is null where it happened when it was recorded.</summary>
public abstract record IncidentEvent : DomainEvent
{
    public DateTimeOffset? HappenedAt { get; init; }
}

public sealed record IncidentDeclared(Sev Sev, string Title) : IncidentEvent;
public sealed record DetailChanged(string Field, string From, string To) : IncidentEvent;
public sealed record SevChanged(Sev From, Sev To, string Reason) : IncidentEvent;
public sealed record SeverityAssessed(BreachInputs From, BreachInputs To, string Reason) : IncidentEvent;
public sealed record AdviceOverridden(Sev Suggested, Sev Kept, string Reason) : IncidentEvent;
public sealed record IncidentContained(int Cycle, string Note) : IncidentEvent;
public sealed record IncidentResolved(int Cycle, string Note) : IncidentEvent;
public sealed record IncidentClosed(string Note) : IncidentEvent;
public sealed record IncidentReopened(int Cycle, IncidentStatus From, string Reason) : IncidentEvent;

/// <summary>It continues in another incident, which not everybody who reads this one may see.</summary>
public sealed record IncidentMerged(Guid IntoId, string IntoCode, string Reason) : IncidentEvent;

/// <summary>Another incident continues in this one; not everybody who reads this one may see the other.</summary>
public sealed record IncidentAbsorbed(Guid MergedId, string Code, string Title) : IncidentEvent;

public sealed record RoleAssigned(IncidentRole Role, string Name, string? Instead) : IncidentEvent;
public sealed record RoleReleased(IncidentRole Role, string Name) : IncidentEvent;
public sealed record ConfidentialityChanged(Confidentiality To, string Reason) : IncidentEvent;
public sealed record ExposureAdded(Exposure Exposure) : IncidentEvent;
public sealed record ExposureChanged(Exposure From, Exposure To) : IncidentEvent;
public sealed record ExposureWithdrawn(Exposure Exposure, string Reason) : IncidentEvent;
public sealed record InvolvementAdded(ProgramInvolvement Involvement) : IncidentEvent;
public sealed record InvolvementChanged(string ProgramCode, Involvement From, Involvement To, string Reason) : IncidentEvent;
public sealed record InvolvementWithdrawn(string ProgramCode, Involvement Kind, string Reason) : IncidentEvent;
public sealed record LinksSetAside(IReadOnlyList<SetAsideLink> Links, string Reason) : IncidentEvent;
public sealed record TimestampCorrected(TimestampKind Timestamp, int? Cycle, DateTimeOffset? From, DateTimeOffset? To, string Reason)
    : IncidentEvent;
