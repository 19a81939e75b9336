using System.Text.Json.Serialization;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Evidence;

namespace IncidentHub.Response.Evidence;

/// <summary>A file of evidence as pages and the API show it.</summary>
internal sealed record EvidenceView
{
    /// <summary>«E-12».</summary>
    public required string Code { get; init; }
    public required string Incident { get; init; }
    public required string Name { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }
    public required string TakenBy { get; init; }
    public required string TakenFrom { get; init; }
    public required DateTimeOffset TakenAt { get; init; }
    public required string Note { get; init; }

    /// <summary>Only for whoever added it, privacy and counsel.</summary>
    public required bool Restricted { get; init; }
    public required string AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>When the stored content was found to differ from the digest, or to be missing; null while it is intact.</summary>
    public required DateTimeOffset? DamagedAt { get; init; }

    /// <summary>When privacy removed the file; null while it is kept. Its digest and custody stay.</summary>
    public required DateTimeOffset? RedactedAt { get; init; }

    /// <summary>Whether a legal hold of the incident stands.</summary>
    public required bool LegalHold { get; init; }
    public required int Version { get; init; }

    [JsonIgnore]
    public Guid Id { get; init; }

    [JsonIgnore]
    public Guid IncidentId { get; init; }

    /// <summary>For the permission to download.</summary>
    [JsonIgnore]
    public Relation Relation { get; init; }
}

/// <summary>An entry of the custody of a file.</summary>
internal sealed record CustodyView(CustodyKind Kind, DateTimeOffset At, string By, string? Note);
