using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Severity;
using IncidentHub.Domain.Timeline;
using IncidentHub.Catalog.Datasets;

namespace IncidentHub.Response.Incidents;

// Bodies of the API. Everything is nullable: what is missing is refused by the rules, at its field, not by the reader of JSON.

/// <summary>An exposure as it is stated. What is left out is taken from the dataset when it is linked, and unknown otherwise.</summary>
internal sealed record ExposureBody
{
    public string? Dataset { get; init; }
    public IReadOnlyList<string>? Categories { get; init; }
    public AudienceBody? PromisedAudience { get; init; }
    public AudienceBody? ActualAudience { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Until { get; init; }
    public Known? Encrypted { get; init; }
    public long? Records { get; init; }
    public long? Subjects { get; init; }
    public Known? RecipientsKnown { get; init; }
    public EvidenceOfAccess? Evidence { get; init; }
    public string? Note { get; init; }
    public int? ExpectedVersion { get; init; }
}

/// <param name="Kind">Source, Suspected or Downstream; a program of which nothing is said is a source.</param>
/// <param name="BrokenSafeguards">Numbers of the program's safeguards that this incident shows to be broken.</param>
internal sealed record ProgramLinkBody(string? Program, Involvement? Kind, string? Note, int? ExpectedVersion,
    IReadOnlyList<int>? BrokenSafeguards);

/// <summary>Title, SEV and a program are enough.</summary>
internal sealed record DeclareBody
{
    public string? Title { get; init; }

    /// <summary>0 (catastrophic) to 5 (notice).</summary>
    public int? Sev { get; init; }
    public string? Summary { get; init; }
    public IReadOnlyList<ProgramLinkBody>? Programs { get; init; }
    public IReadOnlyList<ExposureBody>? Exposures { get; init; }

    /// <summary>Code of the flag that it is declared from.</summary>
    public string? Flag { get; init; }
    public Confidentiality? Confidentiality { get; init; }
    public DateTimeOffset? ExposureStarted { get; init; }
    public DateTimeOffset? Detected { get; init; }
}

internal sealed record DetailsBody(string? Title, string? Summary, int? ExpectedVersion);

internal sealed record SevBody(int? Sev, string? Reason, int? ExpectedVersion);

/// <param name="Identifiability">Left out: not assessed, the worst is taken.</param>
/// <param name="Confidentiality">Left out: read from the exposures.</param>
/// <param name="ContextAdjustment">Whole steps from -3 to 3 that the context adds to the class of the data.</param>
internal sealed record AssessmentBody(
    Identifiability? Identifiability, Loss? Confidentiality, Loss? Integrity, Loss? Availability, bool? Malicious, int? ContextAdjustment,
        string? Reason, int? ExpectedVersion)
{
    public BreachInputs ToInputs() =>
        new(Identifiability, Confidentiality, Integrity ?? Loss.None, Availability ?? Loss.None, Malicious ?? false,
        ContextAdjustment ?? 0);
}

/// <param name="At">When it happened; left out: now.</param>
internal sealed record StepBody(DateTimeOffset? At, string? Note, int? ExpectedVersion);

internal sealed record ReasonBody(string? Reason, int? ExpectedVersion);

internal sealed record MergeBody(string? Into, string? Reason, int? ExpectedVersion);

internal sealed record RoleBody(IncidentRole? Role, string? Account, int? ExpectedVersion);

internal sealed record ConfidentialityBody(Confidentiality? Confidentiality, string? Reason, int? ExpectedVersion);

/// <param name="At">Null: it is not known after all.</param>
internal sealed record MomentBody(Moment? Moment, int? Cycle, DateTimeOffset? At, string? Reason, int? ExpectedVersion);

internal sealed record ChangeProgramBody(Involvement? Kind, string? Reason, int? ExpectedVersion);

internal sealed record NoteBody(NoteKind? Kind, string? Body, DateTimeOffset? HappenedAt, bool? Pinned);

internal sealed record ReviseBody(string? Body, int? ExpectedRevision);
