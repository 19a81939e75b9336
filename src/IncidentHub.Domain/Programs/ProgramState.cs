namespace IncidentHub.Domain.Programs;

/// <summary>Lifecycle of a program. Whether it may collect <em>now</em> is derived from its pauses and never stored.</summary>
public enum ProgramLifecycle { Draft, Live, Terminated }

/// <summary>Whether the recorded people had a choice.</summary>
public enum Participation { Mandatory, OptOut, OptIn }

/// <summary>A collection program. The code never changes.</summary>
public sealed record ProgramState
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required ProgramDetails Details { get; init; }
    public required ProgramLifecycle Lifecycle { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? LaunchedAt { get; init; }
    public DateTimeOffset? TerminatedAt { get; init; }
    public string? TerminationReason { get; init; }
    public int Version { get; init; }
}

/// <summary>The fields of a program that its owner edits.</summary>
public sealed record ProgramDetails
{
    public string Name { get; init; } = "";
    public string Purpose { get; init; } = "";
    public Guid OwnerId { get; init; }

    /// <summary>They have the permissions of the owner.</summary>
    public IReadOnlyList<Guid> DeputyIds { get; init; } = [];
    public string Unit { get; init; } = "";
    public string? ParentInitiative { get; init; }

    /// <summary>Who is recorded, in words: «most staff».</summary>
    public string? Population { get; init; }

    /// <summary>How many people are recorded; null where unknown.</summary>
    public int? People { get; init; }
    public IReadOnlyList<string> Regions { get; init; } = [];
    public Participation Participation { get; init; } = Participation.Mandatory;
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Where it records: «workstations», «browser».</summary>
    public IReadOnlyList<string> Surfaces { get; init; } = [];
    public DateOnly? LaunchDate { get; init; }
    public string? LawfulBasis { get; init; }

    /// <summary>Where the impact assessment is: a link or a document number. The other two references likewise.</summary>
    public string? ImpactAssessment { get; init; }
    public string? Notice { get; init; }
    public string? WorksAgreement { get; init; }
    public SwitchSettings Switch { get; init; } = SwitchSettings.Default;

    /// <summary>Trims texts, turns blank into null, makes keys of categories and regions, drops repetitions.</summary>
    public ProgramDetails Normalised() => this with
    {
        Name = TextNormaliser.OrNull(Name) ?? "",
        Purpose = TextNormaliser.OrNull(Purpose) ?? "",
        Unit = TextNormaliser.OrNull(Unit) ?? "",
        DeputyIds = [.. DeputyIds.Where(d => d != OwnerId).Distinct()],
        ParentInitiative = TextNormaliser.OrNull(ParentInitiative),
        Population = TextNormaliser.OrNull(Population),
        Regions = [.. Regions.Select(Programs.Regions.Key).Where(r => r.Length > 0).Distinct()],
        Categories = DataCategories.Keys(Categories),
        Surfaces = [.. Surfaces.Select(s => TextNormaliser.OrNull(s) ?? "").Where(s => s.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)],
        LawfulBasis = TextNormaliser.OrNull(LawfulBasis),
        ImpactAssessment = TextNormaliser.OrNull(ImpactAssessment),
        Notice = TextNormaliser.OrNull(Notice),
        WorksAgreement = TextNormaliser.OrNull(WorksAgreement),
    };
}
