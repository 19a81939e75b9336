using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Programs;

namespace IncidentHub.Catalog.Programs;

/// <summary>A program as accepted by the API. People are named by account; omitted values are empty.</summary>
internal record ProgramBody
{
    /// <summary>On registration only; a code never changes.</summary>
    [Required]
    public virtual string? Code { get; init; }
    [Required]
    public string? Name { get; init; }
    [Required]
    public string? Purpose { get; init; }
    [Required]
    public string? Owner { get; init; }
    public IReadOnlyList<string?>? Deputies { get; init; }
    [Required]
    public string? Unit { get; init; }
    public string? ParentInitiative { get; init; }
    public string? Population { get; init; }
    public int? People { get; init; }
    public IReadOnlyList<string?>? Regions { get; init; }
    public Participation? Participation { get; init; }
    public IReadOnlyList<string?>? Categories { get; init; }
    public IReadOnlyList<string?>? Surfaces { get; init; }
    public DateOnly? LaunchDate { get; init; }
    public string? LawfulBasis { get; init; }
    public string? ImpactAssessment { get; init; }
    public string? Notice { get; init; }
    public string? WorksAgreement { get; init; }
    public int? TtlSeconds { get; init; }
    public int? GracePeriodSeconds { get; init; }
    public int? RenewalSeconds { get; init; }

    /// <summary>On editing: the version that was read; without it no version is checked.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>The details, or a refusal that names unknown people.</summary>
    public async Task<Result<ProgramDetails>> ToDetailsAsync(ProgramPeople people)
    {
        var owner = await people.FindAsync(Owner);
        if (owner is null) return Refusal.Invalid("owner", $"There is no account «{Shown(Owner)}».");
        var deputies = new List<Guid>();
        foreach (var account in (Deputies ?? []).Take(ProgramRules.MaxDeputies + 1))
        {
            if (await people.FindAsync(account) is not { } id || id == Guid.Empty)
                return Refusal.Invalid("deputies", $"There is no account «{Shown(account)}».");
            deputies.Add(id);
        }
        var usual = SwitchSettings.Default;
        return new ProgramDetails
        {
            Name = Name ?? "",
            Purpose = Purpose ?? "",
            OwnerId = owner.Value,
            DeputyIds = deputies,
            Unit = Unit
                ?? "",
            ParentInitiative = ParentInitiative,
            Population = Population,
            People = People,
            Regions = Texts(Regions),
            Participation = Participation ?? Domain.Programs.Participation.Mandatory,
            Categories = Texts(Categories),
            Surfaces = Texts(Surfaces),
            LaunchDate = LaunchDate,
            LawfulBasis = LawfulBasis,
            ImpactAssessment = ImpactAssessment,
            Notice = Notice,
            WorksAgreement = WorksAgreement,
            Switch = new(Seconds(TtlSeconds, usual.Ttl), Seconds(GracePeriodSeconds, usual.GracePeriod),
                Seconds(RenewalSeconds, usual.Renewal)),
        };
    }

    private static IReadOnlyList<string> Texts(IReadOnlyList<string?>? texts) => [.. (texts ?? []).Select(t => t ?? "")];

    private static TimeSpan Seconds(int? seconds, TimeSpan usual) => seconds is { } given ? TimeSpan.FromSeconds(given) : usual;

    private static string Shown(string? account) => TextRules.Cut(account ?? "", 60);
}

/// <summary>The same on editing: the path names the program.</summary>
internal sealed record EditedProgramBody : ProgramBody
{
    public override string? Code { get; init; }
}

/// <summary>A safeguard as accepted by the API.</summary>
internal sealed record SafeguardBody([Required] string? Text, [Required] string? Source, DateOnly? CommittedOn);

/// <summary>The result of a verification of a safeguard.</summary>
internal sealed record VerificationBody([Required] bool? Holds, [Required] string? Evidence, int? ExpectedVersion);

/// <summary>The version that was read; without it no version is checked.</summary>
internal sealed record VersionBody(int? ExpectedVersion);
