using IncidentHub.Domain.Timeline;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

internal sealed record NoteBody(NoteKind? Kind, string? Body, DateTimeOffset? HappenedAt, bool? Pinned);

internal sealed record ReviseBody(string? Body, int? ExpectedRevision);
