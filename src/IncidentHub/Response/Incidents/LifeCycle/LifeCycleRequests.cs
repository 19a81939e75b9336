using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: what is missing is refused by the rules, at its field, not by the reader of JSON.

/// <param name="At">When it happened; left out: now.</param>
internal sealed record StepBody(DateTimeOffset? At, string? Note, int? ExpectedVersion);

internal sealed record ReasonBody(string? Reason, int? ExpectedVersion);

internal sealed record MergeBody(string? Into, string? Reason, int? ExpectedVersion);

internal sealed record ConfidentialityBody(Confidentiality? Confidentiality, string? Reason, int? ExpectedVersion);

/// <param name="At">Null: it is not known after all.</param>
internal sealed record TimestampBody(TimestampKind? Timestamp, int? Cycle, DateTimeOffset? At, string? Reason, int? ExpectedVersion);

internal sealed record DetailsBody(string? Title, string? Summary, int? ExpectedVersion);
