using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Programs;
using IncidentHub.Ui;

namespace IncidentHub.Catalog.Datasets.Parts;

/// <summary>
/// The state of the form during editing: the details, which the form's fields replace one by one, and what is typed in another form than
/// they have.
/// </summary>
internal sealed class DatasetForm
{
    public string? Name { get; set; }
    public DatasetDetails Details { get; set; } = new();

    /// <summary>Null where no owner is chosen.</summary>
    public Guid? OwnerId
    {
        get => Details.OwnerId == Guid.Empty ? null : Details.OwnerId;
        set => Details = Details with { OwnerId = value ?? Guid.Empty };
    }

    public IReadOnlyCollection<string>? Categories { get; set; } = [];
    public string? OtherCategories { get; set; }
    public AudienceScope? ActualScope { get; set; }
    public string? ActualName { get; set; }
    public IReadOnlyCollection<string>? Regions { get; set; } = [];
    public string? OtherRegions { get; set; }

    /// <summary>Names of the datasets it is directly derived from.</summary>
    public IReadOnlyCollection<string>? DerivedFrom { get; set; } = [];

    /// <summary>Codes of the programs that feed it.</summary>
    public IReadOnlyCollection<string>? FedBy { get; set; } = [];

    public static DatasetForm Of(DatasetPage page)
    {
        var details = page.Dataset.State.Details;
        return new()
        {
            Name = page.Dataset.State.Name,
            Details = details,
            ActualScope = details.Actual?.Scope,
            ActualName = details.Actual?.Name,
            Categories = [.. details.Categories.Where(DataCategories.Known.Contains)],
            OtherCategories = ListText.Join(details.Categories.Where(c => !DataCategories.Known.Contains(c)).Select(DataCategories.Label)),
            Regions = [.. details.Regions.Where(Domain.Programs.Regions.Known.ContainsKey)],
            OtherRegions = ListText.Join(details.Regions.Where(r => !Domain.Programs.Regions.Known.ContainsKey(r))),
            DerivedFrom = [.. page.DerivedFrom.Select(b => b.Name)],
            FedBy = [.. page.FedBy.Select(p => p.Code)],
        };
    }

    public DatasetDetails ToDetails() => Details with
    {
        Actual = ActualScope is { } scope ? new Audience(scope, ActualName) : null,
        Categories = [.. Categories ?? [], .. ListText.Split(OtherCategories)],
        Regions = [.. Regions ?? [], .. ListText.Split(OtherRegions)],
    };
}
