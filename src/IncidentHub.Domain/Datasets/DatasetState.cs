using IncidentHub.Domain.Programs;

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

/// <summary>The editable fields of a dataset.</summary>
public sealed record DatasetDetails
{
    public DatasetKind Kind { get; init; }
    public string? Description { get; init; }
    public Guid OwnerId { get; init; }
    public Classification Classification { get; init; } = Classification.Internal;
    public IReadOnlyList<string> Categories { get; init; } = [];
    public EncryptionAtRest Encryption { get; init; } = EncryptionAtRest.Unknown;
    public Audience Promised { get; init; } = new(AudienceScope.NamedGroup);

    /// <summary>Null where it has not been checked.</summary>
    public Audience? Actual { get; init; }

    /// <summary>Rows, or files where it has none; null where unknown.</summary>
    public long? Records { get; init; }

    /// <summary>How many people the data is about.</summary>
    public long? Subjects { get; init; }

    /// <summary>Where those people are.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];
    public int? RetentionDays { get; init; }
    public string? Location { get; init; }

    /// <summary>Whether more people can read it than promised: a wider scope, or another group of the same width.</summary>
    public bool IsOverExposed => Actual is { } actual
        && (actual.Scope > Promised.Scope
            || (actual.Scope == Promised.Scope && actual.Scope is AudienceScope.NamedGroup or AudienceScope.Organisation
                && actual.Name is not null && !string.Equals(actual.Name, Promised.Name, StringComparison.OrdinalIgnoreCase)));

    public DatasetDetails Normalised() => this with
    {
        Description = TextNormaliser.Block(Description),
        Categories = [.. Categories.Select(DataCategories.Key).Where(c => c.Length > 0).Distinct()],
        Regions = [.. Regions.Select(Programs.Regions.Key).Where(r => r.Length > 0).Distinct()],
        Promised = Normalised(Promised),
        Actual = Actual is null ? null : Normalised(Actual),
        Location = TextNormaliser.Line(Location),
    };

    private static Audience Normalised(Audience audience) =>
        audience with { Name = audience.Scope is AudienceScope.NamedGroup or AudienceScope.Organisation ? TextNormaliser.Line(
            audience.Name) : null };
}
