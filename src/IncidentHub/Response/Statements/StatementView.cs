using IncidentHub.Domain.Access;
using IncidentHub.Domain.Statements;

namespace IncidentHub.Response.Statements;

/// <summary>A saved text of a statement.</summary>
public sealed record StatementVersionView(int Number, string Title, string Body, string WrittenBy, DateTimeOffset WrittenAt);

/// <summary>A statement as pages and the API show it to those who may read its incident.</summary>
public sealed record StatementView
{
    /// <summary>«S-12».</summary>
    public required string Code { get; init; }
    public required string Incident { get; init; }
    public required StatementAudience Audience { get; init; }
    public required StatementStatus Status { get; init; }

    /// <summary>Of the last version.</summary>
    public required string Title { get; init; }

    /// <summary>The number of the version that is, or was, published.</summary>
    public required int? PublishedVersion { get; init; }
    public required DateTimeOffset? PublishedAt { get; init; }
    public required string? PublishedBy { get; init; }
    public required DateTimeOffset? WithdrawnAt { get; init; }
    public required string? WithdrawnReason { get; init; }

    /// <summary>Whether the last version is not what is published.</summary>
    public required bool HasDraft { get; init; }

    /// <summary>Every saved text, the oldest first.</summary>
    public required IReadOnlyList<StatementVersionView> Versions { get; init; }
    public required int Version { get; init; }

    internal Relation Relation { get; init; }

    internal Guid LastWriterId { get; init; }

    internal StatementVersionView Last => Versions[^1];

    internal static StatementView Of(StatementRow row, StatementState s) => new()
    {
        Code = row.Code,
        Incident = row.IncidentCode,
        Audience = s.Audience,
        Status = s.Status,
        Title = s.Last.Title,
        PublishedVersion = s.Published?.Version,
        PublishedAt = s.Published?.At,
        PublishedBy = s.Published?.By,
        WithdrawnAt = s.Withdrawn?.At,
        WithdrawnReason = s.Withdrawn?.Reason,
        HasDraft = s.HasDraft,
        Versions = [.. s.Versions.Select(v => new StatementVersionView(v.Number, v.Title, v.Body, v.WrittenBy, v.WrittenAt))],
        Version = s.Version,
        Relation = row.Relation,
        LastWriterId = s.Last.WrittenById,
    };
}
