using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Catalog.Datasets.Parts;

/// <summary>The state of the form during editing.</summary>
internal sealed class DatasetForm
{
    public string? Name { get; set; }
    public DatasetKind Kind { get; set; }
    public string? Description { get; set; }
    public Guid? OwnerId { get; set; }
    public Classification Classification { get; set; } = Classification.Internal;
    public IReadOnlyCollection<string>? Categories { get; set; } = [];
    public string? OtherCategories { get; set; }
    public EncryptionAtRest Encryption { get; set; }
    public AudienceScope PromisedScope { get; set; }
    public string? PromisedName { get; set; }
    public AudienceScope? ActualScope { get; set; }
    public string? ActualName { get; set; }
    public long? Records { get; set; }
    public long? Subjects { get; set; }
    public IReadOnlyCollection<string>? Regions { get; set; } = [];
    public string? OtherRegions { get; set; }
    public long? RetentionDays { get; set; }
    public string? Location { get; set; }

    /// <summary>Names of the datasets it is directly derived from.</summary>
    public IReadOnlyCollection<string>? DerivedFrom { get; set; } = [];

    /// <summary>Codes of the programs that feed it.</summary>
    public IReadOnlyCollection<string>? FedBy { get; set; } = [];

    public static DatasetForm Of(DatasetPage page)
    {
        var (s, d) = (page.Dataset.State, page.Dataset.State.Details);
        return new()
        {
            Name = s.Name,
            Kind = d.Kind,
            Description = d.Description,
            OwnerId = d.OwnerId,
            Classification = d.Classification,
            Encryption = d.Encryption,
            PromisedScope = d.Promised.Scope,
            PromisedName = d.Promised.Name,
            ActualScope = d.Actual?.Scope,
            ActualName = d.Actual?.Name,
            Records = d.Records,
            Subjects = d.Subjects,
            RetentionDays = d.RetentionDays,
            Location = d.Location,
            Categories = [.. d.Categories.Where(DataCategories.Known.Contains)],
            OtherCategories = Join(d.Categories.Where(c => !DataCategories.Known.Contains(c)).Select(DataCategories.Label)),
            Regions = [.. d.Regions.Where(Domain.Programs.Regions.Known.ContainsKey)],
            OtherRegions = Join(d.Regions.Where(r => !Domain.Programs.Regions.Known.ContainsKey(r))),
            DerivedFrom = [.. page.DerivedFrom.Select(b => b.Name)],
            FedBy = [.. page.FedBy.Select(p => p.Code)],
        };
    }

    public DatasetDetails ToDetails() => new()
    {
        Kind = Kind,
        Description = Description,
        OwnerId = OwnerId ?? Guid.Empty,
        Classification = Classification,
        Encryption = Encryption,
        Categories = [.. Categories ?? [], .. Split(OtherCategories)],
        Regions = [.. Regions ?? [], .. Split(OtherRegions)],
        Promised = new Audience(PromisedScope, PromisedName),
        Actual = ActualScope is { } scope ? new Audience(scope, ActualName) : null,
        Records = Records,
        Subjects = Subjects,
        Location = Location,
        RetentionDays = RetentionDays is { } days ? (int)Math.Clamp(days, int.MinValue, int.MaxValue) : null,
    };

    private static string? Join(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } text ? text : null;

    private static string[] Split(string? text) =>
        (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
