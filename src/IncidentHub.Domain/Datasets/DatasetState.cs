namespace IncidentHub.Domain.Datasets;

/// <summary>A model is derived from datasets and can leak what they hold, so lineage treats both alike.</summary>
public enum DatasetKind { Dataset, Model }

/// <summary>Sensitivity as stated by the owner, the most open first.</summary>
public enum Classification { Public, Internal, Confidential, Restricted }

public enum EncryptionAtRest { Unknown, Yes, No }

/// <summary>The width of an audience, the narrowest first: the order defines "wider than promised".</summary>
public enum AudienceScope { NamedGroup, Organisation, WholeCompany, Public }

/// <summary>Who can read it.</summary>
/// <param name="Name">The group or organisation, where the scope names one.</param>
public sealed record Audience(AudienceScope Scope, string? Name = null)
{
    /// <summary>«research group», «the whole company».</summary>
    public string Label => Scope switch
    {
        AudienceScope.NamedGroup => Name ?? "a named group",
        AudienceScope.Organisation => Name ?? "an organisation",
        AudienceScope.WholeCompany => "the whole company",
        AudienceScope.Public => "the public",
    };
}

/// <summary>A dataset or a model. The name never changes.</summary>
public sealed record DatasetState
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DatasetDetails Details { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public int Version { get; init; }
}
