using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Platform.Commands;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

namespace IncidentHub.Response.Flags;

/// <summary>What other features need to know about a flag. It does not contain the reporter.</summary>
internal sealed record FlagFacts
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Text { get; init; }
    public required string? About { get; init; }
    public required Sev SuggestedSev { get; init; }
    public required Guid? ProgramId { get; init; }
    public required string? ProgramCode { get; init; }
    public required FlagStatus Status { get; init; }
    public required DateTimeOffset FlaggedAt { get; init; }
    public required DateTimeOffset? AcknowledgedAt { get; init; }
    public required Guid? IncidentId { get; init; }
    public required int Version { get; init; }
}

/// <summary>A flag as loaded, with the names that it refers to.</summary>
/// <param name="RaisedBy">For triage and the reporter only; null if anonymous.</param>
internal sealed record FlagRecord(FlagState State, PersonRef? RaisedBy, string? AcknowledgedBy, string? ProgramCode, string? ProgramName,
    ChangeNote LastChange) : ILoaded<FlagState>
{
    public string Label => State.Code;

    public int Version => State.Version;

    public Relation Relation(Actor actor) => FlagActors.Relation(State, actor);


    public FlagFacts ToFacts() => new()
    {
        Id = State.Id,
        Code = State.Code,
        Text = State.Report.Text,
        About = State.Report.About,
        SuggestedSev = State.SuggestedSev,
        ProgramId = State.ProgramId,
        ProgramCode = ProgramCode,
        Status = State.Status,
        FlaggedAt = State.FlaggedAt,
        AcknowledgedAt = State.AcknowledgedAt,
        IncidentId = State.IncidentId,
        Version = State.Version,
    };
}

/// <summary>One message, with its author's name if one is stored.</summary>
internal sealed record FlagMessageRecord
{
    public required Guid Id { get; init; }
    public required FlagSide Side { get; init; }
    public required string? AuthorName { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
}

/// <summary>A file of the reporter, by its position on the flag.</summary>
internal sealed record FlagAttachmentRecord
{
    public required int Ordinal { get; init; }
    public required Guid Id { get; init; }
    public required Guid? MessageId { get; init; }
    public required AttachmentKind Kind { get; init; }
    public required long Size { get; init; }

    /// <summary>SHA-256, lower-case hex.</summary>
    public required string Digest { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When privacy removed it; null while it is kept.</summary>
    public required DateTimeOffset? RedactedAt { get; init; }

    /// <summary>«F-88-1.png»: made up, as the name that a reporter gave it is not kept.</summary>
    public string NameOn(string flagCode) => $"{flagCode}-{Ordinal}.{AttachmentCleaner.Ending(Kind)}";
}

/// <summary>A flag that was filed. The holder of the receipt can follow it; it is shown once and stored only as a digest.</summary>
internal sealed record FiledFlag(string Code, string? Receipt, Sev SuggestedSev);
