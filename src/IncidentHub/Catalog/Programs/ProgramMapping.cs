using System.ComponentModel.DataAnnotations;
using IncidentHub.Access.Identity;
using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;

// The shapes of a program outside of the rules: its row, what the API accepts, what the API returns. A new field is mapped here only.
namespace IncidentHub.Catalog.Programs;

/// <summary>A row of the table Program, with its owner's name.</summary>
internal sealed record ProgramRow
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Purpose { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerAccount { get; init; }
    public required string OwnerName { get; init; }
    public required string Unit { get; init; }
    public required string? ParentInitiative { get; init; }
    public required string? Population { get; init; }
    public required int? People { get; init; }
    public required Participation Participation { get; init; }
    public required string? LaunchDate { get; init; }
    public required string? LawfulBasis { get; init; }
    public required string? ImpactAssessment { get; init; }
    public required string? Notice { get; init; }
    public required string? WorksAgreement { get; init; }
    public required int TtlSeconds { get; init; }
    public required int GracePeriodSeconds { get; init; }
    public required int RenewalSeconds { get; init; }
    public required ProgramLifecycle Lifecycle { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required DateTimeOffset? LaunchedAt { get; init; }
    public required DateTimeOffset? TerminatedAt { get; init; }
    public required string? TerminationReason { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public required string ChangedWhat { get; init; }

    public PersonRef Owner => new() { Id = OwnerId, Account = OwnerAccount, Name = OwnerName };

    public ChangeNote LastChange => new(ChangedAt, ChangedBy, ChangedWhat);

    public ProgramState ToState(IReadOnlyList<Guid> deputies, ILookup<string, string> items) => new()
    {
        Id = Id,
        Code = Code,
        Lifecycle = Lifecycle,
        RegisteredAt = RegisteredAt,
        LaunchedAt = LaunchedAt,
        TerminatedAt = TerminatedAt,
        TerminationReason = TerminationReason,
        Version = Version,
        Details = new ProgramDetails
        {
            Name = Name,
            Purpose = Purpose,
            OwnerId = OwnerId,
            DeputyIds = deputies,
            Unit = Unit,
            ParentInitiative = ParentInitiative,
            Population = Population,
            People = People,
            Regions = [.. items["Region"]],
            Participation = Participation,
            Categories = [.. items["Category"]],
            Surfaces = [.. items["Surface"]],
            LaunchDate = DateText.Read(LaunchDate),
            LawfulBasis = LawfulBasis,
            ImpactAssessment = ImpactAssessment,
            Notice = Notice,
            WorksAgreement = WorksAgreement,
            Switch = new SwitchSettings(TimeSpan.FromSeconds(TtlSeconds), TimeSpan.FromSeconds(GracePeriodSeconds),
                TimeSpan.FromSeconds(RenewalSeconds)),
        },
    };

    /// <summary>The parameters of insert and update.</summary>
    public static object Args(ProgramState s, int loadedVersion, ChangeNote change) => new
    {
        s.Id,
        s.Code,
        s.Details.Name,
        NameKey = NameKeys.Of(s.Details.Name),
        s.Details.Purpose,
        s.Details.OwnerId,
        s.Details.Unit,
        s.Details.ParentInitiative,
        s.Details.Population,
        s.Details.People,
        Participation = s.Details.Participation.ToString(),
        LaunchDate = DateText.Write(s.Details.LaunchDate),
        s.Details.LawfulBasis,
        s.Details.ImpactAssessment,
        s.Details.Notice,
        s.Details.WorksAgreement,
        TtlSeconds = (int)s.Details.Switch.Ttl.TotalSeconds,
        GracePeriodSeconds = (int)s.Details.Switch.GracePeriod.TotalSeconds,
        RenewalSeconds = (int)s.Details.Switch.Renewal.TotalSeconds,
        Lifecycle = s.Lifecycle.ToString(),
        s.RegisteredAt,
        s.LaunchedAt,
        s.TerminatedAt,
        s.TerminationReason,
        s.Version,
        ChangedAt = change.At,
        ChangedBy = change.By,
        ChangedWhat = change.What,
        LoadedVersion = loadedVersion,
    };
}

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
            Unit = Unit ?? "",
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

/// <summary>A program in responses of the API.</summary>
internal sealed record ProgramView(
    string Code, string Name, ProgramLifecycle Lifecycle, string Purpose, PersonRef Owner, IReadOnlyList<PersonRef> Deputies, string Unit,
    string? ParentInitiative, string? Population, int? People, IReadOnlyList<string> Regions, Participation Participation,
    IReadOnlyList<string> Categories, IReadOnlyList<string> Surfaces, DateOnly? LaunchDate, string? LawfulBasis, string? ImpactAssessment,
    string? Notice, string? WorksAgreement, int TtlSeconds, int GracePeriodSeconds, int RenewalSeconds, DateTimeOffset RegisteredAt,
    DateTimeOffset? LaunchedAt, DateTimeOffset? TerminatedAt, string? TerminationReason, IReadOnlyList<SafeguardView> Safeguards,
    int Version)
{
    public static ProgramView Of(ProgramPage page, DateTimeOffset now)
    {
        var (s, d) = (page.Program.State, page.Program.State.Details);
        return new(
            s.Code, d.Name, s.Lifecycle, d.Purpose, page.Program.Owner, page.Program.Deputies, d.Unit, d.ParentInitiative, d.Population,
            d.People, d.Regions, d.Participation, d.Categories, d.Surfaces, d.LaunchDate, d.LawfulBasis, d.ImpactAssessment, d.Notice,
            d.WorksAgreement, (int)d.Switch.Ttl.TotalSeconds, (int)d.Switch.GracePeriod.TotalSeconds, (int)d.Switch.Renewal.TotalSeconds,
            s.RegisteredAt, s.LaunchedAt, s.TerminatedAt, s.TerminationReason, [.. page.Safeguards.Select(g => SafeguardView.Of(g, now))],
            s.Version);
    }
}
