using IncidentHub.Domain.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Access.Identity;

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
