using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Response.Flags;

/// <summary>A row of the table Flag, with the names that it refers to.</summary>
internal sealed record FlagRow
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Concern { get; init; }
    public required string? About { get; init; }
    public required DataAnswer DataAnswer { get; init; }
    public required AudienceAnswer AudienceAnswer { get; init; }
    public required StillOpenAnswer StillOpen { get; init; }
    public required Guid? ProgramId { get; init; }
    public required string? ProgramCode { get; init; }
    public required string? ProgramName { get; init; }
    public required Guid? RaisedById { get; init; }
    public required string? RaisedByAccount { get; init; }
    public required string? RaisedByName { get; init; }
    public required FlagStatus Status { get; init; }
    public required DateTimeOffset FlaggedAt { get; init; }
    public required DateTimeOffset? AcknowledgedAt { get; init; }
    public required Guid? AcknowledgedById { get; init; }
    public required string? AcknowledgedByName { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required Guid? IncidentId { get; init; }
    public required string? DismissReason { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }

    public FlagRecord ToRecord() => new(
        new FlagState
        {
            Id = Id,
            Code = Code,
            Report = new FlagReport(Concern, About, DataAnswer, AudienceAnswer, StillOpen),
            FlaggedAt = FlaggedAt,
            RaisedById = RaisedById,
            ProgramId = ProgramId,
            Status = Status,
            AcknowledgedAt = AcknowledgedAt,
            AcknowledgedById = AcknowledgedById,
            ClosedAt = ClosedAt,
            IncidentId = IncidentId,
            DismissReason = DismissReason,
            Version = Version,
        },
        RaisedById is { } id ? new PersonRef { Id = id, Account = RaisedByAccount!, Name = RaisedByName! } : null,
        AcknowledgedByName, ProgramCode, ProgramName, new ChangeNote(ChangedAt, ChangedBy, ChangedWhat));

    /// <summary>The parameters of the update; the insert adds the immutable columns.</summary>
    public static object Args(FlagState s, int loadedVersion, ChangeNote change) => new
    {
        s.Id,
        Status = s.Status.ToString(),
        s.AcknowledgedAt,
        s.AcknowledgedById,
        s.ClosedAt,
        s.IncidentId,
        s.DismissReason,
        s.Version,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        LoadedVersion = loadedVersion,
    };
}
