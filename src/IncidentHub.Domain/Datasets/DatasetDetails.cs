using System.Globalization;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Domain.Datasets;

/// <summary>The editable fields of a dataset, with what may be entered and how a change is described.</summary>
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
        Description = TextNormaliser.OrNull(Description),
        Categories = DataCategories.Keys(Categories),
        Regions = [.. Regions.Select(Programs.Regions.Key).Where(r => r.Length > 0).Distinct()],
        Promised = Normalised(Promised),
        Actual = Actual is null ? null : Normalised(Actual),
        Location = TextNormaliser.OrNull(Location),
    };

    private static Audience Normalised(Audience audience) =>
        audience with
        {
            Name = audience.Scope is AudienceScope.NamedGroup or AudienceScope.Organisation
                ? TextNormaliser.OrNull(audience.Name) : null,
        };

    internal Validation Check() =>
        Check(Check(new Validation(), Promised, "promisedAudience"), Actual, "actualAudience")
        .Check(Enum.IsDefined(Kind), "kind", "One of Dataset, Model.")
        .Check(Enum.IsDefined(Classification), "classification", "One of Public, Internal, Confidential, Restricted.")
        .Check(Enum.IsDefined(Encryption), "encryptionAtRest", "One of Unknown, Yes, No.")
        .Check(OwnerId != Guid.Empty, "owner", "Name an owner.")
        .Text(Description, "description", 4000, required: false)
        .Check(Categories.Count <= ProgramRules.MaxItems && Categories.All(c => c.Length is >= 2 and <= DataCategories.MaxLength),
            "categories",
            $"Names of 2 to {DataCategories.MaxLength} letters from a to z, digits and dashes, at most {ProgramRules.MaxItems}.")
        .Check(Records is null or (>= 0 and <= DatasetRules.MaxCount), "records", DatasetRules.CountText)
        .Check(Subjects is null or (>= 0 and <= DatasetRules.MaxCount), "subjects", DatasetRules.CountText)
        .Check(Regions.Count <= ProgramRules.MaxItems && Regions.All(Programs.Regions.IsValid), "regions",
            "Region codes such as US, GB or US-CA.")
        .Check(RetentionDays is null or (>= 0 and <= 36_500), "retentionDays", "Days, from 0 to 36,500.")
        .Line(Location, "location", ProgramRules.MaxLine, required: false);

    private static Validation Check(Validation check, Audience? audience, string field) => audience is null
        ? check
        : check.Check(Enum.IsDefined(audience.Scope), field, "One of NamedGroup, Organisation, WholeCompany, Public.")
            .Line(audience.Name, $"{field}.name", DatasetRules.MaxAudience, required: false);

    /// <summary>The fields that differ, as text for people.</summary>
    internal IReadOnlyList<FieldChange> ChangesTo(DatasetDetails next)
    {
        var (a, b) = (this, next);
        (string Field, string? Before, string? After)[] all =
        [
            ("kind", a.Kind.ToString(), b.Kind.ToString()),
            ("description", a.Description, b.Description),
            ("owner", a.OwnerId.ToString(), b.OwnerId.ToString()),
            ("classification", a.Classification.ToString(), b.Classification.ToString()),
            ("categories", string.Join(", ", a.Categories.Order()), string.Join(", ", b.Categories.Order())),
            ("encryptionAtRest", a.Encryption.ToString(), b.Encryption.ToString()),
            ("promisedAudience", a.Promised.Label, b.Promised.Label),
            ("actualAudience", a.Actual?.Label, b.Actual?.Label),
            ("records", Text(a.Records), Text(b.Records)),
            ("subjects", Text(a.Subjects), Text(b.Subjects)),
            ("regions", string.Join(", ", a.Regions.Order()), string.Join(", ", b.Regions.Order())),
            ("retentionDays", Text(a.RetentionDays), Text(b.RetentionDays)),
            ("location", a.Location, b.Location),
        ];
        return [.. all.Where(f => !string.Equals(f.Before, f.After, StringComparison.Ordinal))
            .Select(f => new FieldChange(f.Field, f.Before, f.After))];
    }

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
