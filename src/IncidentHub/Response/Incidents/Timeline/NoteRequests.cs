using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Timeline;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

internal sealed record NoteBody(NoteKind? Kind, [Required] string? Body, DateTimeOffset? HappenedAt, bool? Pinned);

internal sealed record ReviseBody([Required] string? Body, int? ExpectedRevision);

internal sealed record RedactBody([Required] string? Reason);
