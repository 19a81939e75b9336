using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>A decision as loaded for a change.</summary>
/// <param name="Program">Null if the change follows from another act: no relation to the program is checked then.</param>
internal sealed record DecisionRecord(Decision Decision, ProgramFacts? Program) : ILoaded<DecisionState>
{
    public DecisionState State => Decision.State;

    public string Label => Decision.Code;

    public int Version => State.Version;

    public ChangeNote LastChange => Decision.LastChange ?? throw new InvalidOperationException($"{Label} has no log.");

    public Relation Relation(Actor actor) => Program?.Relation(actor) ?? Domain.Access.Relation.None;
}
