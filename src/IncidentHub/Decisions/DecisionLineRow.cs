using IncidentHub.Domain.Decisions;

namespace IncidentHub.Decisions;

internal sealed record DecisionLineRow
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Code { get; init; }
    public required string ProgramCode { get; init; }
    public required string ProgramName { get; init; }
    public required string Status { get; init; }
    public required string Template { get; init; }
    public required int? WorstSev { get; init; }
    public required string? Outcome { get; init; }
    public required string ToResume { get; init; }
    public required string ToTerminate { get; init; }
    public required string? ProposerName { get; init; }
    public required DateTimeOffset? ProposedAt { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset? DueAgainAt { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required DateTimeOffset? StayUntil { get; init; }
    public required DateTimeOffset PausedAt { get; init; }
    public required int Criteria { get; init; }
    public required int Answered { get; init; }
    public required int Approved { get; init; }
    public required int Opinions { get; init; }
    public required int Objections { get; init; }
    public required int OpinionsAwaited { get; init; }
    public required string? IncidentCode { get; init; }
    public required Guid? RestrictedId { get; init; }

    public DecisionLine ToLine()
    {
        DecisionOutcome? outcome = Outcome is null ? null : Enum.Parse<DecisionOutcome>(Outcome);
        var asked = DecisionRow.Split(outcome == DecisionOutcome.Terminate ? ToTerminate : ToResume).Length;
        return new DecisionLine(
            Code, ProgramCode, ProgramName, Enum.Parse<DecisionStatus>(Status), Enum.Parse<CriteriaTemplate>(Template), (Sev?)WorstSev,
                IncidentCode, outcome,
            PausedAt, OpenedAt, DueAgainAt, ProposerName, ProposedAt, DecidedAt, StayUntil, Answered, Criteria, Approved, asked,
                Opinions, Objections, Status == nameof(DecisionStatus.Decided) ? 0 : OpinionsAwaited)
        {
            RestrictedId = RestrictedId,
        };
    }
}
