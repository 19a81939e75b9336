using IncidentHub.Catalog.Programs;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Decisions;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Decisions;

/// <summary>A decision as it was loaded for a change, with its program.</summary>
/// <param name="LastChange">The last line of its log.</param>
internal sealed record DecisionRecord(Decision Decision, ProgramFacts Program, ChangeNote LastChange) : ILoaded<DecisionState>
{
    public DecisionState State => Decision.State;

    public string Label => Decision.Code;

    public int Version => State.Version;

    public Relation Relation(Actor actor) => Program.Relation(actor);
}
