using IncidentHub.Domain.Pauses;
using IncidentHub.Platform.Database;

namespace IncidentHub.Switch.Pauses;

/// <summary>A row of the table Pause.</summary>
internal sealed record PauseRow
{
    public required Guid Id { get; init; }
    public required Guid ProgramId { get; init; }
    public required Guid? IncidentId { get; init; }
    public required int? Cycle { get; init; }
    public required int? Sev { get; init; }
    public required int? PolicyVersion { get; init; }
    public required string Origin { get; init; }
    public required string Status { get; init; }
    public required string Categories { get; init; }
    public required string Regions { get; init; }
    public required string Reason { get; init; }
    public required string BufferPolicy { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public required Guid PlacedById { get; init; }
    public required string PlacedByName { get; init; }
    public required DateTimeOffset? Deadline { get; init; }
    public required DateTimeOffset? DrillEndsAt { get; init; }
    public required DateTimeOffset? ActivatedAt { get; init; }
    public required Guid? ActivatedById { get; init; }
    public required string? ActivatedByName { get; init; }
    public required long? Epoch { get; init; }
    public required DateTimeOffset? GuaranteedAt { get; init; }
    public required int? GracePeriodSeconds { get; init; }
    public required int ReleasedShare { get; init; }
    public required DateTimeOffset? FullyStoppedAt { get; init; }
    public DateTimeOffset? PopulationAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required Guid? EndedById { get; init; }
    public required string? EndedByName { get; init; }
    public required string? DeclineReason { get; init; }
    public required Guid? DecisionId { get; init; }
    public required string? DecisionLabel { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }
    public required int Version { get; init; }

    public PauseFacts ToFacts() => new(ToState(), GracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, FullyStoppedAt,
        PopulationAt, new ChangeNote(ChangedAt, ChangedBy, ChangedWhat));

    public PauseState ToState() => new()
    {
        Id = Id,
        ProgramId = ProgramId,
        Status = Enum.Parse<PauseStatus>(Status),
        Origin = Enum.Parse<PauseOrigin>(Origin),
        Scope = PauseScope.Of(Names.Split(Categories), Names.Split(Regions)),
        Reason = Reason,
        Placed = new By(PlacedById, PlacedByName, PlacedAt),
        Cause = IncidentId is { } incident ? new PauseCause(incident, Cycle ?? 1, (Domain.Sev)(Sev ?? 0), PolicyVersion) : null,
        Deadline = Deadline,
        DrillEndsAt = DrillEndsAt,
        Epoch = Epoch,
        GuaranteedAt = GuaranteedAt,
        ReleasedShare = ReleasedShare,
        Activated = ActivatedAt is { } at ? new By(ActivatedById!.Value, ActivatedByName!, at) : null,
        Ended = EndedAt is { } end ? new By(EndedById!.Value, EndedByName!, end) : null,
        Buffers = Enum.Parse<BufferPolicy>(BufferPolicy),
        DeclineReason = DeclineReason,
        Decision = DecisionId is { } decision
            ? new FinalDecision(decision, DecisionLabel!) : null,
        Version = Version,
    };

    public static PauseRow Of(PauseState p, TimeSpan? gracePeriod, ChangeNote change) => new()
    {
        Id = p.Id,
        ProgramId = p.ProgramId,
        IncidentId = p.Cause?.IncidentId,
        Cycle = p.Cause?.Cycle,
        Sev = (int?)p.Cause?.Sev,
        PolicyVersion = p.Cause?.PolicyVersion,
        Origin = p.Origin.ToString(),
        Status = p.Status.ToString(),
        Categories = Names.Join(p.Scope.Categories),
        Regions = Names.Join(p.Scope.Regions),
        Reason = p.Reason,
        BufferPolicy = p.Buffers.ToString(),
        PlacedAt = p.Placed.At,
        PlacedById = p.Placed.Id,
        PlacedByName = p.Placed.Name,
        Deadline = p.Deadline,
        DrillEndsAt = p.DrillEndsAt,
        ActivatedAt = p.Activated?.At,
        ActivatedById = p.Activated?.Id,
        ActivatedByName = p.Activated?.Name,
        Epoch = p.Epoch,
        GuaranteedAt = p.GuaranteedAt,
        GracePeriodSeconds = (int?)gracePeriod?.TotalSeconds,
        ReleasedShare = p.ReleasedShare,
        FullyStoppedAt = null,
        EndedAt = p.Ended?.At,
        EndedById = p.Ended?.Id,
        EndedByName = p.Ended?.Name,
        DeclineReason = p.DeclineReason,
        DecisionId = p.Decision?.Id,
        DecisionLabel = p.Decision?.Label,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        Version = p.Version,
    };
}
