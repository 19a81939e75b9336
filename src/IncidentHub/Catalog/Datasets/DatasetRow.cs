using IncidentHub.Domain.Datasets;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

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
            Actual = ActualScope is { } scope
                ? new Audience(scope, ActualName) : null,
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
