using IncidentHub.Domain.Programs;

namespace IncidentHub.Catalog.Programs.Parts;

/// <summary>The state of the form during editing.</summary>
internal sealed class ProgramForm
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? Purpose { get; set; }
    public Guid? OwnerId { get; set; }
    public IReadOnlyCollection<Guid> DeputyIds { get; set; } = [];
    public string? Unit { get; set; }
    public string? ParentInitiative { get; set; }
    public string? Population { get; set; }
    public long? People { get; set; }
    public IReadOnlyCollection<string> Regions { get; set; } = [];
    public string? OtherRegions { get; set; }
    public Participation Participation { get; set; }
    public IReadOnlyCollection<string> Categories { get; set; } = [];
    public string? OtherCategories { get; set; }
    public string? Surfaces { get; set; }
    public DateOnly? LaunchDate { get; set; }
    public string? LawfulBasis { get; set; }
    public string? ImpactAssessment { get; set; }
    public string? Notice { get; set; }
    public string? WorksAgreement { get; set; }
    public long? TtlSeconds { get; set; } = Seconds(SwitchSettings.Default.Ttl);
    public long? GracePeriodSeconds { get; set; } = Seconds(SwitchSettings.Default.GracePeriod);
    public long? RenewalSeconds { get; set; } = Seconds(SwitchSettings.Default.Renewal);

    public static ProgramForm Of(ProgramState s)
    {
        var d = s.Details;
        return new()
        {
            Code = s.Code,
            Name = d.Name,
            Purpose = d.Purpose,
            OwnerId = d.OwnerId,
            DeputyIds = d.DeputyIds,
            Unit = d.Unit,
            ParentInitiative = d.ParentInitiative,
            Regions = [.. d.Regions.Where(IsKnownRegion)],
            OtherRegions = Join(d.Regions.Where(r => !IsKnownRegion(r))),
            Categories = [.. d.Categories.Where(DataCategories.Known.Contains)],
            OtherCategories = Join(d.Categories.Where(c => !DataCategories.Known.Contains(c)).Select(DataCategories.Label)),
            Surfaces = Join(d.Surfaces),
            Population = d.Population,
            People = d.People,
            Participation = d.Participation,
            LawfulBasis = d.LawfulBasis,
            LaunchDate = d.LaunchDate,
            ImpactAssessment = d.ImpactAssessment,
            Notice = d.Notice,
            WorksAgreement = d.WorksAgreement,
            TtlSeconds = Seconds(d.Switch.Ttl),
            GracePeriodSeconds = Seconds(d.Switch.GracePeriod),
            RenewalSeconds = Seconds(d.Switch.Renewal),
        };
    }

    public ProgramDetails ToDetails() => new()
    {
        Name = Name ?? "",
        Purpose = Purpose ?? "",
        OwnerId = OwnerId ?? Guid.Empty,
        DeputyIds = [.. DeputyIds],
        Unit = Unit ?? "",
        ParentInitiative = ParentInitiative,
        Regions = [.. Regions, .. Split(OtherRegions)],
        Categories = [.. Categories, .. Split(OtherCategories)],
        Surfaces = Split(Surfaces),
        // Invalid values are refused by the rules with the field's name.
        Population = Population,
        People = People is { } n ? (int)Math.Clamp(n, int.MinValue, int.MaxValue) : null,
        Participation = Participation,
        LawfulBasis = LawfulBasis,
        LaunchDate = LaunchDate,
        ImpactAssessment = ImpactAssessment,
        Notice = Notice,
        WorksAgreement = WorksAgreement,
        Switch = new SwitchSettings(Span(TtlSeconds), Span(GracePeriodSeconds), Span(RenewalSeconds)),
    };

    private static bool IsKnownRegion(string code) => Domain.Programs.Regions.Known.ContainsKey(code);

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;

    private static TimeSpan Span(long? seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds ?? -1, -1, 1_000_000));

    private static string? Join(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } text ? text : null;

    private static string[] Split(string? text) =>
        (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
