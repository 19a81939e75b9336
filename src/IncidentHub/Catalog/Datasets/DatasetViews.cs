using IncidentHub.Domain.Datasets;

namespace IncidentHub.Catalog.Datasets;

/// <summary>A derived dataset in responses of the API.</summary>
internal sealed record DerivedView(
    string Name, DatasetKind Kind, int Distance, Classification Classification, long? Records, long? Subjects)
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
    Audience PromisedAudience, Audience? ActualAudience, bool OverExposed, IReadOnlyList<string> Categories, long? Records, long? Subjects,
    DateTimeOffset UpdatedAt)
{
    public static DatasetLine Of(DatasetListItem d) =>
        new(d.Name, d.Kind, d.OwnerName, d.Classification, d.EncryptionAtRest, d.Promised, d.Actual, d.OverExposed, d.Categories, d.Records,
            d.Subjects, d.ChangedAt);
}
