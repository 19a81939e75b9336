using System.ComponentModel.DataAnnotations;
using IncidentHub.Catalog.Datasets;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

/// <summary>The request to record an exposure. Omitted values are taken from the dataset when it is linked, else unknown.</summary>
internal record ExposureBody
{
    [Required]
    public virtual string? Dataset { get; init; }
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

/// <summary>The same for an exposure that is recorded already: its dataset stays.</summary>
internal sealed record ChangedExposureBody : ExposureBody
{
    public override string? Dataset { get; init; }
}

/// <param name="Kind">Source, Suspected or Downstream; Source if omitted.</param>
/// <param name="BrokenSafeguards">Numbers of the program's safeguards that this incident shows to be broken.</param>
internal sealed record ProgramLinkBody([Required] string? Program, Involvement? Kind, string? Note, int? ExpectedVersion,
    IReadOnlyList<int>? BrokenSafeguards);

internal sealed record ChangeProgramBody([Required] Involvement? Kind, [Required] string? Reason, int? ExpectedVersion);
