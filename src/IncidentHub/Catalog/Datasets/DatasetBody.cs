using IncidentHub.Domain.Datasets;
using IncidentHub.Access.Identity;

namespace IncidentHub.Catalog.Datasets;

/// <summary>An audience as accepted by the API.</summary>
internal sealed record AudienceBody(AudienceScope? Scope, string? Name);

/// <summary>A dataset as accepted by the API. The owner is named by account; omitted values are empty.</summary>
internal sealed record DatasetBody
{
    /// <summary>On registration only; a name never changes.</summary>
    public string? Name { get; init; }
    public DatasetKind? Kind { get; init; }
    public string? Description { get; init; }
    public string? Owner { get; init; }
    public Classification? Classification { get; init; }
    public IReadOnlyList<string?>? Categories { get; init; }
    public EncryptionAtRest? EncryptionAtRest { get; init; }
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
