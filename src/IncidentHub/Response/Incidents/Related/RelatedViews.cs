using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

// Everything is nullable: a missing value is refused by the rules, at its field, not by the JSON deserializer.

internal sealed record LinkBody([Required] string? Incident, [Required] string? Reason);

internal sealed record RemoveLinkBody([Required] string? Reason);

/// <param name="Members">The codes of all incidents of the series, the first one first.</param>
internal sealed record SeriesBody([Required] string? Name, [Required] IReadOnlyList<string>? Members, int? ExpectedVersion);

/// <summary>Another incident, as lists show it.</summary>
internal sealed record RelatedIncident
{
    [JsonIgnore]
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required int Sev { get; init; }
    public required IncidentStatus Status { get; init; }
    public required Confidentiality Confidentiality { get; init; }
    public required DateTimeOffset DeclaredAt { get; init; }
}

/// <summary>A link that a person set.</summary>
/// <param name="RemovedAt">Null while it stands.</param>
internal sealed record IncidentLinkView(
    RelatedIncident Incident, string Reason, DateTimeOffset LinkedAt, string LinkedBy, DateTimeOffset? RemovedAt, string? RemovedBy,
    string? RemoveReason);

/// <summary>An incident that shares datasets, programs or causes.</summary>
/// <param name="Causes">That the reviews of both name; of the other, one that is completed.</param>
internal sealed record SeenBeforeView(
    RelatedIncident Incident, IReadOnlyList<string> Datasets, IReadOnlyList<string> Programs, IReadOnlyList<string> Causes);

/// <summary>A series, with the members that the viewer may see: position and count are theirs.</summary>
/// <param name="Position">Of the incident from which it is looked at, from 1.</param>
internal sealed record SeriesView(string Name, int Position, int Count, IReadOnlyList<RelatedIncident> Members, int Version);

/// <summary>What an incident has to do with others. Nothing of it tells of an incident that the viewer may not see.</summary>
/// <param name="Links">The newest first, including removed ones.</param>
/// <param name="SeenBefore">Those with most in common first, then the newest.</param>
/// <param name="Series">Null: in none of which the viewer sees two incidents.</param>
internal sealed record RelatedView(
    IReadOnlyList<IncidentLinkView> Links, IReadOnlyList<SeenBeforeView> SeenBefore, SeriesView? Series);
