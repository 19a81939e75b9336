using System.Globalization;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Features.Programs.Pages;

/// <summary>What the form holds while it is filled in.</summary>
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
    public long? LongestActSeconds { get; set; } = Seconds(SwitchSettings.Default.LongestAct);
    public long? RenewalSeconds { get; set; } = Seconds(SwitchSettings.Default.Renewal);

    public static ProgramForm Of(ProgramState s) => new()
    {
        Code = s.Code, Name = s.Details.Name, Purpose = s.Details.Purpose, OwnerId = s.Details.OwnerId, DeputyIds = s.Details.DeputyIds, Unit = s.Details.Unit, ParentInitiative = s.Details.ParentInitiative,
        Population = s.Details.Population, People = s.Details.People, Participation = s.Details.Participation, LawfulBasis = s.Details.LawfulBasis, ImpactAssessment = s.Details.ImpactAssessment,
        Regions = [.. s.Details.Regions.Where(Domain.Programs.Regions.Known.ContainsKey)], OtherRegions = Join(s.Details.Regions.Where(r => !Domain.Programs.Regions.Known.ContainsKey(r))),
        Categories = [.. s.Details.Categories.Where(DataCategories.Known.Contains)], OtherCategories = Join(s.Details.Categories.Where(c => !DataCategories.Known.Contains(c)).Select(DataCategories.Label)),
        Surfaces = Join(s.Details.Surfaces), LaunchDate = s.Details.LaunchDate, Notice = s.Details.Notice, WorksAgreement = s.Details.WorksAgreement,
        TtlSeconds = Seconds(s.Details.Switch.Ttl), LongestActSeconds = Seconds(s.Details.Switch.LongestAct), RenewalSeconds = Seconds(s.Details.Switch.Renewal),
    };

    public ProgramDetails ToDetails() => new()
    {
        Name = Name ?? "", Purpose = Purpose ?? "", OwnerId = OwnerId ?? Guid.Empty, DeputyIds = [.. DeputyIds], Unit = Unit ?? "", ParentInitiative = ParentInitiative, Population = Population,
        // What does not fit is left for the rules to refuse by name.
        People = People is { } n ? (int)Math.Clamp(n, int.MinValue, int.MaxValue) : null,
        Regions = [.. Regions, .. Split(OtherRegions)], Participation = Participation, Categories = [.. Categories, .. Split(OtherCategories)], Surfaces = Split(Surfaces),
        LaunchDate = LaunchDate,
        LawfulBasis = LawfulBasis, ImpactAssessment = ImpactAssessment, Notice = Notice, WorksAgreement = WorksAgreement,
        Switch = new SwitchSettings(Span(TtlSeconds), Span(LongestActSeconds), Span(RenewalSeconds)),
    };

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;

    private static TimeSpan Span(long? seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds ?? -1, -1, 1_000_000));

    private static string? Join(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } text ? text : null;

    private static string[] Split(string? text) => (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
