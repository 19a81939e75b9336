using IncidentHub.Domain.Datasets;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Catalog.Datasets.Parts;

/// <summary>Display texts of datasets.</summary>
internal static class DatasetWords
{
    public const string Unknown = "Unknown";

    public static string Of(EncryptionAtRest encryption) => encryption switch
    {
        EncryptionAtRest.Yes => "Encrypted",
        EncryptionAtRest.No => "Not encrypted",
        EncryptionAtRest.Unknown => Unknown,
    };

    public static Tone ToneOf(EncryptionAtRest encryption) => encryption switch
    {
        EncryptionAtRest.Yes => Tone.Ok,
        EncryptionAtRest.No => Tone.Bad,
        EncryptionAtRest.Unknown => Tone.Neutral,
    };

    public static string Of(AudienceScope scope) => scope switch
    {
        AudienceScope.NamedGroup => "A named group",
        AudienceScope.Organisation => "An organisation",
        AudienceScope.WholeCompany => "The whole company",
        AudienceScope.Public => "The public",
    };

    public static string Audience(Audience? audience) => audience?.Label ?? "Not verified";

    /// <summary>«12.4 M», or the text for an unknown count.</summary>
    public static string Count(long? n) => n is { } counted ? Times.Count(counted) : Unknown;

    /// <summary>«3 datasets, 1 model», for a blast radius.</summary>
    public static string Count(IEnumerable<DatasetKind> kinds)
    {
        var all = kinds.ToLookup(k => k);
        var (sets, models) = (all[DatasetKind.Dataset].Count(), all[DatasetKind.Model].Count());
        return (sets, models) switch
        {
            (0, 0) => "Nothing",
            (_, 0) => Plural(sets, "dataset"),
            (0, _) => Plural(models, "model"),
            _ => $"{Plural(sets, "dataset")}, {Plural(models, "model")}",
        };
    }

    public static string Plural(int n, string what) => n == 1 ? $"1 {what}" : $"{n:N0} {what}s";
}
