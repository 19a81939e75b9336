using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

/// <param name="At">When it happened; if omitted, now.</param>
internal sealed record StepBody(DateTimeOffset? At, string? Note, int? ExpectedVersion);

internal sealed record ReasonBody([Required] string? Reason, int? ExpectedVersion);

internal sealed record MergeBody([Required] string? Into, [Required] string? Reason, int? ExpectedVersion);

internal sealed record ConfidentialityBody([Required] Confidentiality? Confidentiality, [Required] string? Reason, int? ExpectedVersion);

/// <param name="At">Null: it is not known.</param>
internal sealed record TimestampBody(
    [Required] TimestampKind? Timestamp, int? Cycle, DateTimeOffset? At, [Required] string? Reason, int? ExpectedVersion);

internal sealed record DetailsBody(string? Title, string? Summary, int? ExpectedVersion);
