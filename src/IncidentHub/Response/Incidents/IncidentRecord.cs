using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Incidents;

/// <summary>An incident as loaded: the state for the rules, and what is stored in addition.</summary>
internal sealed record IncidentRecord : ILoaded<IncidentState>
{
    public required IncidentState State { get; init; }
    public required Sev DeclaredSev { get; init; }
    public required Guid? FlagId { get; init; }

    /// <summary>The last update that was sent, and when the next is due; null if none was sent or none is required.</summary>
    public required DateTimeOffset? LastUpdateAt { get; init; }
    public required DateTimeOffset? UpdateDueAt { get; init; }
    public required ChangeNote LastChange { get; init; }

    public string Label => State.Code;

    public int Version => State.Version;

    public Relation Relation(Actor actor) => RoleHolder.RelationOf(State.People, actor);
}

/// <summary>The HTTP response to a change of an incident.</summary>
internal sealed record IncidentChanged
{
    public required string Code { get; init; }
    public required int Version { get; init; }
    public required int Sev { get; init; }
    public required IncidentStatus Status { get; init; }
    public required int Cycle { get; init; }
    public required Confidentiality Confidentiality { get; init; }

    public static IncidentChanged Of(IncidentRecord incident) => new()
    {
        Code = incident.State.Code,
        Version = incident.State.Version,
        Sev = (int)incident.State.Sev,
        Status = incident.State.Status,
        Cycle = incident.State.Current.Number,
        Confidentiality = incident.State.Confidentiality,
    };
}
