using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Flags;

/// <summary>Status of a flag. The last three are final.</summary>
public enum FlagStatus { Waiting, Acknowledged, Declared, Merged, Dismissed }

/// <summary>The side that writes a message.</summary>
public enum FlagSide { Reporter, Triage }

/// <summary>
/// A concern that was raised. <see cref="RaisedById"/> is null for an anonymous one: nothing that is stored identifies its reporter.
/// </summary>
public sealed record FlagState
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required FlagReport Report { get; init; }
    public required DateTimeOffset FlaggedAt { get; init; }
    public Guid? RaisedById { get; init; }
    public Guid? ProgramId { get; init; }
    public FlagStatus Status { get; init; } = FlagStatus.Waiting;
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public Guid? AcknowledgedById { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Guid? IncidentId { get; init; }
    public string? DismissReason { get; init; }
    public int Version { get; init; } = 1;

    public bool IsAnonymous => RaisedById is null;

    public bool IsFinal => Status is FlagStatus.Declared or FlagStatus.Merged or FlagStatus.Dismissed;

    /// <summary>The SEV suggested by the reporter's answers; triage decides.</summary>
    public Sev SuggestedSev => ReporterQuestions.Suggest(Report.Data, Report.Audience);
}

/// <summary>The form of a reporter. Filing must take less than a minute, so only the text is required.</summary>
/// <param name="Text">What they saw, described and not pasted.</param>
/// <param name="About">Which program or data, in their words.</param>
public sealed record FlagReport(
    string Text,
    string? About = null,
    DataAnswer Data = DataAnswer.NotSure,
    AudienceAnswer Audience = AudienceAnswer.NotSure,
    StillOpenAnswer StillOpen = StillOpenAnswer.NotSure);

/// <summary>One message between triage and a reporter. The author is null where an anonymous reporter writes.</summary>
public sealed record FlagMessage(Guid Id, FlagSide Side, Guid? AuthorId, string Body, DateTimeOffset At);

/// <summary>A file of a reporter, without its name and without what is not needed to show it.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex, of what is stored.</param>
public sealed record FlagAttachment(Guid Id, AttachmentKind Kind, long Size, string Sha256);
