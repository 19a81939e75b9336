using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.Incidents;

/// <summary>The rows of the tables of an incident.</summary>
internal static partial class IncidentStore
{
    private sealed record IncidentRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Title { get; init; }
        public required string Summary { get; init; }
        public required int Sev { get; init; }
        public required int DeclaredSev { get; init; }
        public required string Status { get; init; }
        public required string Confidentiality { get; init; }
        public required Guid? MergedIntoId { get; init; }
        public required Guid? FlagId { get; init; }
        public required DateTimeOffset? ExposureStartedAt { get; init; }
        public required DateTimeOffset? DetectedAt { get; init; }
        public required DateTimeOffset? FlaggedAt { get; init; }
        public required DateTimeOffset? AcknowledgedAt { get; init; }
        public required DateTimeOffset DeclaredAt { get; init; }
        public required DateTimeOffset? ClosedAt { get; init; }
        public required DateTimeOffset? LastUpdateAt { get; init; }
        public required DateTimeOffset? UpdateDueAt { get; init; }
        public required int Version { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string ChangedBy { get; init; }
        public required string ChangedWhat { get; init; }
    }

    private sealed record CycleRow
    {
        public required int Number { get; init; }
        public required int PolicyVersion { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public required DateTimeOffset? PauseOrderedAt { get; init; }
        public required DateTimeOffset? CollectionStoppedAt { get; init; }
        public required DateTimeOffset? ContainedAt { get; init; }
        public required DateTimeOffset? ResolvedAt { get; init; }

        public Cycle ToCycle() => new()
        {
            Number = Number,
            PolicyVersion = PolicyVersion,
            Reason = Reason,
            Opened = OpenedAt,
            PauseOrdered = PauseOrderedAt,
            CollectionStopped = CollectionStoppedAt,
            Contained = ContainedAt,
            Resolved = ResolvedAt,
        };
    }

    private sealed record SevChangeRow
    {
        public required int Cycle { get; init; }
        public required int FromSev { get; init; }
        public required int ToSev { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string ChangedBy { get; init; }

        public SevChange ToChange() => new(Cycle, (Sev)FromSev, (Sev)ToSev, Reason, ChangedAt, ChangedBy);
    }

    private sealed record AssessmentRow
    {
        public required int Cycle { get; init; }
        public required string? Identifiability { get; init; }
        public required string? Confidentiality { get; init; }
        public required string Integrity { get; init; }
        public required string Availability { get; init; }
        public required bool Malicious { get; init; }
        public required int ContextAdjustment { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset AssessedAt { get; init; }
        public required string AssessedBy { get; init; }

        public SeverityAssessment ToAssessment() => new(
            Cycle,
            new(Identifiability is null ? null : Enum.Parse<Identifiability>(Identifiability),
                Confidentiality is null ? null : Enum.Parse<Loss>(Confidentiality),
                Enum.Parse<Loss>(Integrity), Enum.Parse<Loss>(Availability), Malicious, ContextAdjustment),
            Reason, AssessedAt, AssessedBy);
    }

    private sealed record AdviceRow
    {
        public required int Cycle { get; init; }
        public required string Step { get; init; }
        public required string? Score { get; init; }
        public required int? SuggestedSev { get; init; }
        public required int Sev { get; init; }
        public required string? Reason { get; init; }
        public required DateTimeOffset RecordedAt { get; init; }
        public required string RecordedBy { get; init; }

        public AdviceRecord ToRecord() => new(
            Cycle, Enum.Parse<AdviceStep>(Step), Score, (Sev?)SuggestedSev, (Sev)Sev, Reason, RecordedAt, RecordedBy);
    }

    private sealed record SetAsideRow
    {
        public required string SubjectType { get; init; }
        public required Guid SubjectId { get; init; }
        public required string SubjectName { get; init; }
        public required string? Kind { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset SetAsideAt { get; init; }
        public required string SetAsideBy { get; init; }

        public SetAsideLink ToLink() => new(
            Enum.Parse<LinkSubject>(SubjectType), SubjectId, SubjectName, Kind is null ? null : Enum.Parse<Involvement>(Kind), Reason,
            SetAsideAt, SetAsideBy);
    }

    private sealed record PersonRow
    {
        public required string Role { get; init; }
        public required Guid PersonId { get; init; }
        public required string Name { get; init; }

        public RoleHolder ToHolder() => new(Enum.Parse<IncidentRole>(Role), PersonId, Name);
    }

    private sealed record InvolvementRow
    {
        public required Guid ProgramId { get; init; }
        public required string ProgramCode { get; init; }
        public required string Kind { get; init; }
        public required string Note { get; init; }
        public required string? WithdrawnReason { get; init; }

        public ProgramInvolvement ToInvolvement() => new()
        {
            ProgramId = ProgramId,
            ProgramCode = ProgramCode,
            Kind = Enum.Parse<Involvement>(Kind),
            Note = Note,
            WithdrawnReason = WithdrawnReason,
        };
    }

    private sealed record ExposureRow
    {
        public required Guid Id { get; init; }
        public required Guid DatasetId { get; init; }
        public required string DatasetName { get; init; }
        public required string Categories { get; init; }
        public required string? PromisedScope { get; init; }
        public required string? PromisedName { get; init; }
        public required string? ActualScope { get; init; }
        public required string? ActualName { get; init; }
        public required DateTimeOffset? ExposedFrom { get; init; }
        public required DateTimeOffset? ExposedUntil { get; init; }
        public required string Encrypted { get; init; }
        public required long? Records { get; init; }
        public required long? Subjects { get; init; }
        public required string RecipientsKnown { get; init; }
        public required string EvidenceOfAccess { get; init; }
        public required string Note { get; init; }
        public required string? WithdrawnReason { get; init; }

        public Exposure ToExposure() => new()
        {
            Id = Id,
            DatasetId = DatasetId,
            DatasetName = DatasetName,
            Categories = Categories.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Promised = ToAudience(PromisedScope, PromisedName),
            Actual = ToAudience(ActualScope, ActualName),
            From = ExposedFrom,
            Until = ExposedUntil,
            Encrypted = Enum.Parse<Known>(Encrypted),
            Records = Records,
            Subjects = Subjects,
            RecipientsKnown = Enum.Parse<Known>(RecipientsKnown),
            Evidence = Enum.Parse<EvidenceOfAccess>(EvidenceOfAccess),
            Note = Note,
            WithdrawnReason = WithdrawnReason,
        };

        private static Audience? ToAudience(string? scope, string? name) =>
            scope is null ? null : new(Enum.Parse<AudienceScope>(scope), name);
    }
}
