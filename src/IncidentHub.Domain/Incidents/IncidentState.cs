using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>The state of an incident.</summary>
public sealed record IncidentState
{
    public required Guid Id { get; init; }

    /// <summary>«INC-123» or «INC-R7K2QD»; never changes.</summary>
    public required string Code { get; init; }
    public required string Title { get; init; }
    public string Summary { get; init; } = "";
    public required Sev Sev { get; init; }
    public IncidentStatus Status { get; init; } = IncidentStatus.Investigating;
    public Confidentiality Confidentiality { get; init; }

    /// <summary>Of the incident into which this one was merged.</summary>
    public Guid? MergedIntoId { get; init; }
    public required IncidentTimestamps Timestamps { get; init; }

    /// <summary>At least one, in order.</summary>
    public required IReadOnlyList<Cycle> Cycles { get; init; }
    public IReadOnlyList<SevChange> SevChanges { get; init; } = [];

    /// <summary>The most severe level that it ever had.</summary>
    public Sev WorstSev => SevChanges.SelectMany(c => new[] { c.From, c.To }).Append(Sev).Min();

    /// <summary>Assessments of the breach, in order: the last one counts for the advice.</summary>
    public IReadOnlyList<SeverityAssessment> Assessments { get; init; } = [];
    /// <summary>What was suggested and what was chosen, in order.</summary>
    public IReadOnlyList<AdviceRecord> AdviceHistory { get; init; } = [];
    public IReadOnlyList<RoleHolder> People { get; init; } = [];
    public IReadOnlyList<Exposure> Exposures { get; init; } = [];
    public IReadOnlyList<ProgramInvolvement> Involvements { get; init; } = [];

    /// <summary>Suggested links that were set aside, in order.</summary>
    public IReadOnlyList<SetAsideLink> SetAside { get; init; } = [];

    /// <summary>Incremented with each change; detects stale writes.</summary>
    public int Version { get; init; } = 1;

    public Cycle Current => Cycles[^1];

    public bool IsOpen => Status.IsOpen();

    public Guid? CommanderId => People.FirstOrDefault(p => p.Role == IncidentRole.Commander)?.PersonId;
}

/// <summary>One change of the SEV, kept permanently.</summary>
public sealed record SevChange(int Cycle, Sev From, Sev To, string Reason, DateTimeOffset At, string By);

/// <summary>One assessment of the inputs that do not follow from the exposures, kept permanently.</summary>
public sealed record SeverityAssessment(int Cycle, BreachInputs Inputs, string Reason, DateTimeOffset At, string By);

/// <summary>
/// A person with a role on an incident. Commander, communications and scribe are one person each; any number may be named.
/// </summary>
public sealed record RoleHolder(IncidentRole Role, Guid PersonId, string Name)
{
    /// <summary>The actor's relation to an incident by the roles on it. Only people have roles.</summary>
    public static Relation RelationOf(IEnumerable<RoleHolder> people, Actor actor)
    {
        var mine = people.Where(p => p.PersonId == actor.Id).ToArray();
        if (mine.Length == 0 || actor.Kind != ActorKind.Person) return Relation.None;
        return mine.Any(p => p.Role == IncidentRole.Commander) ? Relation.Commander | Relation.Named : Relation.Named;
    }
}

/// <summary>The link between an incident and a dataset.</summary>
public sealed record Exposure
{
    public required Guid Id { get; init; }
    public required Guid DatasetId { get; init; }

    /// <summary>The name of the dataset when it was linked.</summary>
    public required string DatasetName { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];
    public Audience? Promised { get; init; }
    public Audience? Actual { get; init; }
    public DateTimeOffset? From { get; init; }

    /// <summary>Null while it is open, or where unknown.</summary>
    public DateTimeOffset? Until { get; init; }
    public Known Encrypted { get; init; }
    public long? Records { get; init; }
    public long? Subjects { get; init; }
    public Known RecipientsKnown { get; init; }
    public EvidenceOfAccess Evidence { get; init; }
    public string Note { get; init; } = "";

    /// <summary>Why the link was withdrawn; the row stays.</summary>
    public string? WithdrawnReason { get; init; }
    public bool IsActive => WithdrawnReason is null;
}

/// <summary>The link between an incident and a program.</summary>
public sealed record ProgramInvolvement
{
    public required Guid ProgramId { get; init; }

    /// <summary>The program's code when it was linked; codes do not change.</summary>
    public required string ProgramCode { get; init; }
    public required Involvement Kind { get; init; }
    public string Note { get; init; } = "";
    public string? WithdrawnReason { get; init; }
    public bool IsActive => WithdrawnReason is null;
}
