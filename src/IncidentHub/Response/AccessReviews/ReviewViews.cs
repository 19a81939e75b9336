using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IncidentHub.Domain.AccessReviews;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.AccessReviews;

/// <summary>
/// Where the rows of the log have their values: names of columns, or paths of members; «|» for alternatives, «+» to join.
/// </summary>
internal sealed record MappingBody([Required] string? Time, [Required] string? Account, string? Object, string? Action, LogTimes? Times);

/// <summary>How to read a log.</summary>
/// <param name="Evidence">The code of the log among the evidence of the incident.</param>
/// <param name="TimeZone">Of times without an offset: an IANA name. Null: such rows are refused.</param>
[RequiresOneOf("preset", "mapping")]
internal sealed record PreviewBody(
    [Required] string? Evidence, LogPreset? Preset, LogFormat? Format, MappingBody? Mapping, string? TimeZone);

/// <summary>A log to set against the promised audience.</summary>
/// <param name="Dataset">The exposed dataset.</param>
/// <param name="Evidence">The code of the log among the evidence of the incident.</param>
/// <param name="TimeZone">Of times without an offset: an IANA name. Null: such rows are refused.</param>
/// <param name="Objects">Patterns of the objects that belong to the dataset; none: the log has nothing else.</param>
/// <param name="Services">Patterns of accounts that are no people; null: those of the preset.</param>
/// <param name="GapMinutes">The log has a gap where it has no row for longer; null: 60.</param>
/// <param name="From">The window; null: that of the exposure.</param>
/// <param name="Audience">An account a line, or a table: account, first day, last day.</param>
/// <param name="Named">Accounts of people who may see the review besides privacy and counsel.</param>
[RequiresOneOf("preset", "mapping")]
internal sealed record LoadReviewBody(
    [Required] string? Dataset, [Required] string? Evidence, LogPreset? Preset, LogFormat? Format, MappingBody? Mapping, string? TimeZone,
    IReadOnlyList<string>? Objects, IReadOnlyList<string>? Services, int? GapMinutes, DateTimeOffset? From, DateTimeOffset? Until,
    [Required] string? Audience, IReadOnlyList<string>? Named);

internal sealed record SignOffBody([Required] ReviewConclusion? Conclusion, [Required] string? Note, int? ExpectedVersion);

/// <summary>The first rows of a log, as a mapping reads them.</summary>
/// <param name="Names">What a mapping may name: columns, or members of the first row.</param>
/// <param name="Problem">Why the log cannot be read, or not any further.</param>
internal sealed record LogPreview(IReadOnlyList<string> Names, IReadOnlyList<PreviewRow> Rows, string? Problem);

internal sealed record PreviewRow(
    long Line, DateTimeOffset? At, string Time, string Account, string Object, string Action, RefusedReason Refused);

/// <summary>An access review as pages and the API show it.</summary>
internal sealed record ReviewView
{
    /// <summary>«AR-K3JD8F».</summary>
    public required string Code { get; init; }
    public required string Incident { get; init; }
    public required string Dataset { get; init; }

    /// <summary>The code of the log among the evidence.</summary>
    public required string Evidence { get; init; }
    public required string FileName { get; init; }
    public required ReviewStatus Status { get; init; }
    public required ReviewProgress Progress { get; init; }
    public required ReviewSettings Settings { get; init; }
    public required string LoadedBy { get; init; }
    public required DateTimeOffset LoadedAt { get; init; }
    public required IReadOnlyList<string> Named { get; init; }
    public required ReviewResult? Result { get; init; }
    public required string? FailedBecause { get; init; }
    public required ReviewConclusion? Conclusion { get; init; }
    public required string? Note { get; init; }
    public required string? SignedOffBy { get; init; }
    public required DateTimeOffset? SignedOffAt { get; init; }
    public required int Version { get; init; }

    [JsonIgnore]
    public Guid Id { get; init; }

    [JsonIgnore]
    public Guid LoadedById { get; init; }

    public static ReviewView Of(ReviewRecord review, IReadOnlyList<string> named) => new()
    {
        Id = review.State.Id,
        LoadedById = review.State.LoadedById,
        Code = review.Code,
        Incident = review.IncidentCode,
        Dataset = review.State.DatasetName,
        Evidence = review.EvidenceCode,
        FileName = review.EvidenceName,
        Status = review.State.Status,
        Progress = review.Progress,
        Settings = review.State.Settings,
        LoadedBy = review.LoadedBy,
        LoadedAt = review.LoadedAt,
        Named = named,
        Result = review.State.Result,
        FailedBecause = review.State.FailedBecause,
        Conclusion = review.State.SignOff?.Conclusion,
        Note = review.State.SignOff?.Note,
        SignedOffBy = review.State.SignOff?.ByName,
        SignedOffAt = review.State.SignOff?.At,
        Version = review.State.Version,
    };
}

/// <summary>An account outside of the promised audience.</summary>
internal sealed record OutsideAccount
{
    public required int Number { get; init; }
    public required string Account { get; init; }
    public required bool IsService { get; init; }
    public required long Accesses { get; init; }
    public required DateTimeOffset FirstAt { get; init; }
    public required DateTimeOffset LastAt { get; init; }

    [JsonIgnore]
    public int FirstChunk { get; init; }

    [JsonIgnore]
    public int LastChunk { get; init; }
}

/// <param name="Row">The number of the record in the log.</param>
internal sealed record AccessView(DateTimeOffset At, string Object, string Action, long Row);
