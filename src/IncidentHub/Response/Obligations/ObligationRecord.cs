using IncidentHub.Domain.Access;
using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Obligations;

/// <summary>An obligation as loaded for a change.</summary>
internal sealed record ObligationRecord(ObligationRow Row, ObligationState State, ChangeNote LastChange) : ILoaded<ObligationState>
{
    public string Label => Row.Code;

    public int Version => State.Version;

    public Relation Relation(Actor actor) => Domain.Access.Relation.None;
}
