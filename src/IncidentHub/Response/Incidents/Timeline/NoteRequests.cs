using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Timeline;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

internal sealed record NoteBody(NoteKind? Kind, [Required] string? Body, DateTimeOffset? HappenedAt, bool? Pinned);

/// <param name="Condition">How things stand.</param>
/// <param name="Actions">What is being done.</param>
/// <param name="Needs">What is needed, and of whom.</param>
internal sealed record UpdateBody([Required] string? Condition, string? Actions, string? Needs, bool? Pinned)
{
    public UpdateText ToText() => new(Condition ?? "", Actions ?? "", Needs ?? "");
}

internal sealed record ReviseUpdateBody([Required] string? Condition, string? Actions, string? Needs, int? ExpectedRevision)
{
    public UpdateText ToText() => new(Condition ?? "", Actions ?? "", Needs ?? "");
}

internal sealed record ReviseBody([Required] string? Body, int? ExpectedRevision);

internal sealed record RedactBody([Required] string? Reason);

/// <param name="Texts">Ids from the list of texts. Where neither texts nor files are named: as the operation says.</param>
/// <param name="Files">Ids of files from the same list; they go by themselves, or with the texts that are named.</param>
internal sealed record RedactTextsBody([Required] string? Reason, IReadOnlyList<Guid>? Texts, IReadOnlyList<Guid>? Files = null);
