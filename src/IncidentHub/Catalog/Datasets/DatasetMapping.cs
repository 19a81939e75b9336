using System.ComponentModel.DataAnnotations;
using IncidentHub.Access.Identity;
using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;

// The shapes of a dataset outside of the rules: its row, what the API accepts, what the API returns. A new field is mapped here only.
namespace IncidentHub.Catalog.Datasets;

/// <summary>A row of the table Dataset, with its owner's name.</summary>
internal sealed record DatasetRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required DatasetKind Kind { get; init; }
    public required string? Description { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerAccount { get; init; }
    public required string OwnerName { get; init; }
    public required Classification Classification { get; init; }
    public required EncryptionAtRest EncryptionAtRest { get; init; }
    public required AudienceScope PromisedScope { get; init; }
    public required string? PromisedName { get; init; }
    public required AudienceScope? ActualScope { get; init; }
    public required string? ActualName { get; init; }
    public required long? Records { get; init; }
    public required long? Subjects { get; init; }
    public required int? RetentionDays { get; init; }
    public required string? Location { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }

    public PersonRef Owner => new() { Id = OwnerId, Account = OwnerAccount, Name = OwnerName };

    public ChangeNote LastChange => new(ChangedAt, ChangedBy, ChangedWhat);

    public DatasetState ToState(ILookup<string, string> items) => new()
    {
        Id = Id,
        Name = Name,
        RegisteredAt = RegisteredAt,
        Version = Version,
        Details = new DatasetDetails
        {
            Kind = Kind,
            Description = Description,
            OwnerId = OwnerId,
            Classification = Classification,
            Categories = [.. items["Category"]],
            Encryption = EncryptionAtRest,
            Promised = new Audience(PromisedScope, PromisedName),
            Actual = ActualScope is { } scope ? new Audience(scope, ActualName) : null,
            Records = Records,
            Subjects = Subjects,
            Regions = [.. items["Region"]],
            RetentionDays = RetentionDays,
            Location = Location,
        },
    };

    /// <summary>The parameters of insert and update.</summary>
    public static object Args(DatasetState s, int loadedVersion, ChangeNote change) => new
    {
        s.Id,
        s.Name,
        Kind = s.Details.Kind.ToString(),
        s.Details.Description,
        s.Details.OwnerId,
        Classification = s.Details.Classification.ToString(),
        EncryptionAtRest = s.Details.Encryption.ToString(),
        PromisedScope = s.Details.Promised.Scope.ToString(),
        PromisedName = s.Details.Promised.Name,
        ActualScope = s.Details.Actual?.Scope.ToString(),
        ActualName = s.Details.Actual?.Name,
        OverExposed = s.Details.IsOverExposed,
        s.Details.Records,
        s.Details.Subjects,
        s.Details.RetentionDays,
        s.Details.Location,
        s.RegisteredAt,
        s.Version,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        LoadedVersion = loadedVersion,
    };
}

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
            Classification = Classification ?? Domain.Datasets.Classification.Internal,
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
    EncryptionAtRest EncryptionAtRest, Audience PromisedAudience, Audience? ActualAudience, bool OverExposed, long? Records, long? Subjects,
    IReadOnlyList<string> Regions, int? RetentionDays, string? Location, IReadOnlyList<string> FedBy, IReadOnlyList<string> DerivedFrom,
    IReadOnlyList<DerivedView> Downstream, DateTimeOffset RegisteredAt, DateTimeOffset UpdatedAt, int Version)
{
    public static DatasetView Of(DatasetPage page)
    {
        var (s, d) = (page.Dataset.State, page.Dataset.State.Details);
        return new(
            s.Name, d.Kind, d.Description, page.Dataset.Owner, d.Classification, d.Categories, d.Encryption, d.Promised, d.Actual,
            d.IsOverExposed, d.Records, d.Subjects, d.Regions, d.RetentionDays, d.Location, [.. page.FedBy.Select(p => p.Code)],
            [.. page.DerivedFrom.Select(b => b.Name)], [.. page.Downstream.Derived.Select(DerivedView.Of)], s.RegisteredAt,
            page.Dataset.LastChange.At, s.Version);
    }
}
