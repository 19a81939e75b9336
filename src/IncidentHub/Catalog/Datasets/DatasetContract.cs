using System.ComponentModel.DataAnnotations;
using IncidentHub.Access.Identity;
using IncidentHub.Domain.Datasets;

namespace IncidentHub.Catalog.Datasets;

/// <summary>An audience as accepted by the API.</summary>
internal sealed record AudienceBody([Required] AudienceScope? Scope, string? Name);

/// <summary>A dataset as accepted by the API. The owner is named by account; omitted values are empty.</summary>
internal record DatasetBody
{
    /// <summary>On registration only; a name never changes.</summary>
    [Required]
    public virtual string? Name { get; init; }
    public DatasetKind? Kind { get; init; }
    public string? Description { get; init; }
    [Required]
    public string? Owner { get; init; }
    public Classification? Classification { get; init; }
    public IReadOnlyList<string?>? Categories { get; init; }
    public EncryptionAtRest? EncryptionAtRest { get; init; }
    [Required]
    public AudienceBody? PromisedAudience { get; init; }

    /// <summary>Omitted where it was not checked.</summary>
    public AudienceBody? ActualAudience { get; init; }
    public long? Records { get; init; }
    public long? Subjects { get; init; }
    public IReadOnlyList<string?>? Regions { get; init; }
    public int? RetentionDays { get; init; }
    public string? Location { get; init; }

    /// <summary>On editing: the version that was read; without it no version is checked.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>The details, or a refusal that names what is missing or unknown.</summary>
    public async Task<Result<DatasetDetails>> ToDetailsAsync(People people)
    {
        var owner = await people.IdOfAsync(Owner);
        var check = new Validation()
            .Check(owner is not null, "owner", "There is no such account.")
            .Check(PromisedAudience?.Scope is not null, "promisedAudience",
                "Name the promised audience: {\"scope\": \"NamedGroup\", \"name\": \"research group\"}.")
            .Check(ActualAudience is null or { Scope: not null }, "actualAudience", "Name a scope, or leave it out if it is unknown.");
        if (check.ToRefusal() is { } why) return why;
        return new DatasetDetails
        {
            Kind = Kind ?? DatasetKind.Dataset,
            Description = Description,
            OwnerId = owner!.Value,
            Classification = Classification
                ?? Domain.Datasets.Classification.Internal,
            Categories = Texts(Categories),
            Encryption = EncryptionAtRest ?? Domain.Datasets.EncryptionAtRest.Unknown,
            Promised = new Audience(PromisedAudience!.Scope!.Value, PromisedAudience.Name),
            Actual = ActualAudience is { Scope: { } scope } ? new Audience(scope, ActualAudience.Name) : null,
            Records = Records,
            Subjects = Subjects,
            Regions = Texts(Regions),
            RetentionDays = RetentionDays,
            Location = Location,
        };
    }

    private static IReadOnlyList<string> Texts(IReadOnlyList<string?>? texts) => [.. (texts ?? []).Select(t => t ?? "")];
}

/// <summary>The same on editing: the path names the dataset.</summary>
internal sealed record EditedDatasetBody : DatasetBody
{
    public override string? Name { get; init; }
}

/// <summary>A dataset in responses of the API.</summary>
internal sealed record DatasetView(
    string Name, DatasetKind Kind, string? Description, PersonRef Owner, Classification Classification, IReadOnlyList<string> Categories,
        EncryptionAtRest EncryptionAtRest,
    Audience PromisedAudience, Audience? ActualAudience, bool OverExposed, long? Records, long? Subjects, IReadOnlyList<string> Regions,
        int? RetentionDays, string? Location,
    IReadOnlyList<string> FedBy, IReadOnlyList<string> DerivedFrom, IReadOnlyList<DerivedView> Downstream, DateTimeOffset RegisteredAt,
        DateTimeOffset UpdatedAt, int Version)
{
    public static DatasetView Of(DatasetPage page)
    {
        var (s, d) = (page.Dataset.State, page.Dataset.State.Details);
        return new(
            s.Name, d.Kind, d.Description, page.Dataset.Owner, d.Classification, d.Categories, d.Encryption, d.Promised, d.Actual,
                d.IsOverExposed, d.Records, d.Subjects, d.Regions, d.RetentionDays, d.Location,
            [.. page.FedBy.Select(p => p.Code)], [.. page.DerivedFrom.Select(b => b.Name)],
                [.. page.Downstream.Derived.Select(DerivedView.Of)], s.RegisteredAt, page.Dataset.LastChange.At, s.Version);
    }
}

/// <summary>A derived dataset in responses of the API.</summary>
internal sealed record DerivedView(string Name, DatasetKind Kind, int Distance, Classification Classification,
    long? Records, long? Subjects)
{
    public static DerivedView Of(DerivedDataset derived) =>
        new(derived.Dataset.Name, derived.Dataset.Kind, derived.Distance, derived.Dataset.Classification, derived.Dataset.Records,
            derived.Dataset.Subjects);
}

/// <summary>The blast radius in responses of the API.</summary>
/// <param name="Programs">Codes of the programs that feed derived datasets.</param>
internal sealed record DownstreamView(string Dataset, IReadOnlyList<DerivedView> Derived, IReadOnlyList<string> Programs)
{
    public static DownstreamView Of(DatasetPage page) =>
        new(page.Dataset.State.Name, [.. page.Downstream.Derived.Select(DerivedView.Of)],
            [.. page.Downstream.Programs.Select(p => p.Code).Distinct().Order(StringComparer.Ordinal)]);
}

/// <summary>A line of the list in responses of the API.</summary>
internal sealed record DatasetLine(
    string Name, DatasetKind Kind, string Owner, Classification Classification, EncryptionAtRest EncryptionAtRest,
        Audience PromisedAudience, Audience? ActualAudience, bool OverExposed,
    IReadOnlyList<string> Categories, long? Records, long? Subjects, DateTimeOffset UpdatedAt)
{
    public static DatasetLine Of(DatasetListItem d) =>
        new(d.Name, d.Kind, d.OwnerName, d.Classification, d.EncryptionAtRest, d.Promised, d.Actual, d.OverExposed, d.Categories, d.Records,
            d.Subjects, d.ChangedAt);
}
