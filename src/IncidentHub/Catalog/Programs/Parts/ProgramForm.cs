using IncidentHub.Domain.Programs;
using IncidentHub.Ui;

namespace IncidentHub.Catalog.Programs.Parts;

/// <summary>
/// The state of the form during editing: the details, which the form's fields replace one by one, and what is typed in another form than
/// they have.
/// </summary>
internal sealed class ProgramForm
{
    public string? Code { get; set; }
    public ProgramDetails Details { get; set; } = new();

    /// <summary>Null where no owner is chosen.</summary>
    public Guid? OwnerId
    {
        get => Details.OwnerId == Guid.Empty ? null : Details.OwnerId;
        set => Details = Details with { OwnerId = value ?? Guid.Empty };
    }

    public IReadOnlyCollection<string> Regions { get; set; } = [];
    public string? OtherRegions { get; set; }
    public IReadOnlyCollection<string> Categories { get; set; } = [];
    public string? OtherCategories { get; set; }
    public string? Surfaces { get; set; }
    public long? TtlSeconds { get; set; } = Seconds(SwitchSettings.Default.Ttl);
    public long? GracePeriodSeconds { get; set; } = Seconds(SwitchSettings.Default.GracePeriod);
    public long? RenewalSeconds { get; set; } = Seconds(SwitchSettings.Default.Renewal);

    public static ProgramForm Of(ProgramState program)
    {
        var details = program.Details;
        return new()
        {
            Code = program.Code,
            Details = details,
            Regions = [.. details.Regions.Where(IsKnownRegion)],
            OtherRegions = ListText.Join(details.Regions.Where(r => !IsKnownRegion(r))),
            Categories = [.. details.Categories.Where(DataCategories.Known.Contains)],
            OtherCategories = ListText.Join(details.Categories.Where(c => !DataCategories.Known.Contains(c)).Select(DataCategories.Label)),
            Surfaces = ListText.Join(details.Surfaces),
            TtlSeconds = Seconds(details.Switch.Ttl),
            GracePeriodSeconds = Seconds(details.Switch.GracePeriod),
            RenewalSeconds = Seconds(details.Switch.Renewal),
        };
    }

    // Invalid values are refused by the rules with the field's name.
    public ProgramDetails ToDetails() => Details with
    {
        Regions = [.. Regions, .. ListText.Split(OtherRegions)],
        Categories = [.. Categories, .. ListText.Split(OtherCategories)],
        Surfaces = ListText.Split(Surfaces),
        Switch = new SwitchSettings(Span(TtlSeconds), Span(GracePeriodSeconds), Span(RenewalSeconds)),
    };

    private static bool IsKnownRegion(string code) => Domain.Programs.Regions.Known.ContainsKey(code);

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;

    private static TimeSpan Span(long? seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds ?? -1, -1, 1_000_000));
}
