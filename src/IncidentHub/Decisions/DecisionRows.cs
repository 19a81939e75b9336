using IncidentHub.Domain.Decisions;

namespace IncidentHub.Decisions;

internal sealed record PauseRow
{
    public required Guid PauseId { get; init; }
    public required Guid? IncidentId { get; init; }
    public required DateTimeOffset ActivatedAt { get; init; }
}

internal sealed record CriterionRow
{
    public required string Kind { get; init; }
    public required string Status { get; init; }
    public required string? Note { get; init; }
    public required Guid? ById { get; init; }
    public required string? ByName { get; init; }
    public required DateTimeOffset? At { get; init; }
    public required string? About { get; init; }

    public Criterion ToCriterion() =>
        new(Enum.Parse<CriterionKind>(Kind), Enum.Parse<CriterionStatus>(Status), Note, ById, ByName, At)
        {
            About = AboutColumn.Read(About),
        };
}

internal sealed record ConditionRow
{
    public required string What { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required DateTimeOffset DueAt { get; init; }
}

internal sealed record StageRow
{
    public required int Share { get; init; }
    public required int SoakSeconds { get; init; }
}

internal sealed record ApprovalRow
{
    public required string Capacity { get; init; }
    public required Guid ActorId { get; init; }
    public required string ActorName { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Digest { get; init; }
    public required string? Comment { get; init; }
}

internal sealed record ApproverRow
{
    public required string Capacity { get; init; }
    public required Guid PersonId { get; init; }
    public required string PersonName { get; init; }
}

/// <summary>One entry of a decision's log.</summary>
internal sealed record DecisionLogRow
{
    public required DateTimeOffset At { get; init; }
    public required string ActorName { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string? Body { get; init; }
    public required string? About { get; init; }
}

/// <summary>Ids of incidents in one column, separated by spaces.</summary>
internal static class AboutColumn
{
    public static string? Write(IReadOnlyList<Guid> about) =>
        about.Count == 0 ? null : string.Join(' ', about.Select(id => id.ToString("D")));

    public static IReadOnlyList<Guid> Read(string? column) => column is null ? [] : [.. column.Split(' ').Select(Guid.Parse)];
}
