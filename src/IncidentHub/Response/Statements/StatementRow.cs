using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.Statements;

/// <summary>A statement as loaded for a change.</summary>
internal sealed record StatementRecord(StatementRow Row, StatementState State) : ILoaded<StatementState>
{
    public string Label => Row.Code;

    public int Version => State.Version;

    public ChangeNote LastChange => new(Row.ChangedAt, Row.ChangedBy, Row.ChangedWhat);

    public Relation Relation(Actor actor) => Row.Relation;
}

/// <summary>A row of the table IncidentStatement, with its incident.</summary>
internal sealed record StatementRow
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Code { get; init; }
    public required Guid IncidentId { get; init; }
    public required string Audience { get; init; }
    public required string Status { get; init; }
    public required int? PublishedVersion { get; init; }
    public required DateTimeOffset? PublishedAt { get; init; }
    public required string? PublishedBy { get; init; }
    public required DateTimeOffset? WithdrawnAt { get; init; }
    public required string? WithdrawnReason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }
    public required string IncidentCode { get; init; }
    public required string Confidentiality { get; init; }
    public required bool IsOwnProgram { get; init; }

    /// <summary>Of the viewer to the incident.</summary>
    public Relation Relation => IsOwnProgram ? Domain.Access.Relation.OwnProgram : Domain.Access.Relation.None;

    public bool IsRestricted => Confidentiality == nameof(Domain.Incidents.Confidentiality.Restricted);

    public StatementState ToState(IReadOnlyList<StatementVersion> versions) => new()
    {
        Id = Id,
        IncidentId = IncidentId,
        Audience = Enum.Parse<StatementAudience>(Audience),
        Status = Enum.Parse<StatementStatus>(Status),
        Versions = versions,
        Published = PublishedVersion is { } version ? new(version, PublishedAt!.Value, PublishedBy!) : null,
        Withdrawn = WithdrawnAt is { } at ? new(at, WithdrawnReason!) : null,
        CreatedAt = CreatedAt,
        Version = Version,
    };

    public static object Args(StatementState s, string code, int number, int loadedVersion, ChangeNote change) => new
    {
        s.Id,
        Number = number,
        Code = code,
        s.IncidentId,
        Audience = s.Audience.ToString(),
        Status = s.Status.ToString(),
        PublishedVersion = s.Published?.Version,
        PublishedAt = s.Published?.At,
        PublishedBy = s.Published?.By,
        WithdrawnAt = s.Withdrawn?.At,
        WithdrawnReason = s.Withdrawn?.Reason,
        s.CreatedAt,
        s.Version,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        LoadedVersion = loadedVersion,
    };
}
