using IncidentHub.Domain.Incidents;

namespace IncidentHub.Response.Incidents;

/// <summary>What a query reads of an incident that is shown beside another.</summary>
internal record RelatedIncidentRow
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required int Sev { get; init; }
    public required string Status { get; init; }
    public required string Confidentiality { get; init; }
    public required DateTimeOffset DeclaredAt { get; init; }

    public RelatedIncident ToIncident() => new()
    {
        Id = Id,
        Code = Code,
        Title = Title,
        Sev = Sev,
        Status = Enum.Parse<IncidentStatus>(Status),
        Confidentiality = Enum.Parse<Confidentiality>(Confidentiality),
        DeclaredAt = DeclaredAt,
    };
}
