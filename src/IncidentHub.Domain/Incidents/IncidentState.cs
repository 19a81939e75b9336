using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>An incident as its rules see it.</summary>
public sealed record IncidentState
{
    public required Guid Id { get; init; }

    /// <summary>«INC-123» or «INC-R7K2QD»; never changes, whatever becomes of the incident.</summary>
    public required string Code { get; init; }
    public required string Title { get; init; }
    public string Summary { get; init; } = "";
    public required Sev Sev { get; init; }
    public IncidentStatus Status { get; init; } = IncidentStatus.Investigating;
    public Confidentiality Confidentiality { get; init; }

    /// <summary>Of the incident into which this one was merged.</summary>
    public Guid? MergedIntoId { get; init; }
    public required OnceMoments Moments { get; init; }

    /// <summary>At least one, in order.</summary>
    public required IReadOnlyList<Cycle> Cycles { get; init; }
    public IReadOnlyList<SevChange> SevChanges { get; init; } = [];

    /// <summary>What people said of how bad the breach is, in order: the last one counts for the advice.</summary>
    public IReadOnlyList<SeverityAssessment> Assessments { get; init; } = [];
    public IReadOnlyList<RoleHolder> People { get; init; } = [];
    public IReadOnlyList<Exposure> Exposures { get; init; } = [];
    public IReadOnlyList<ProgramInvolvement> Involvements { get; init; } = [];

    /// <summary>Grows by one with each change; a stale write is told by it.</summary>
    public int Version { get; init; } = 1;

    public Cycle Current => Cycles[^1];

    public bool IsOpen => Status.IsOpen();

    public Guid? CommanderId => People.FirstOrDefault(p => p.Role == IncidentRole.Commander)?.PersonId;
}

/// <summary>One change of the SEV, kept for ever.</summary>
public sealed record SevChange(int Cycle, Sev From, Sev To, string Reason, DateTimeOffset At, string By);

/// <summary>One assessment of what the breach score cannot read from the exposures, kept for ever.</summary>
public sealed record SeverityAssessment(int Cycle, BreachInputs Inputs, string Reason, DateTimeOffset At, string By);

/// <summary>Who does what on an incident. Commander, communications and scribe are one person each; any number are named.</summary>
public sealed record RoleHolder(IncidentRole Role, Guid PersonId, string Name)
{
    /// <summary>What the roles on an incident tie the actor to it by. Only people have roles.</summary>
    public static Relation RelationOf(IEnumerable<RoleHolder> people, Actor actor)
    {
        var mine = people.Where(p => p.PersonId == actor.Id).ToArray();
        if (mine.Length == 0 || actor.Kind != ActorKind.Person) return Relation.None;
        return mine.Any(p => p.Role == IncidentRole.Commander) ? Relation.Commander | Relation.Named : Relation.Named;
    }
}

/// <summary>What ties an incident to a dataset.</summary>
public sealed record Exposure
{
    public required Guid Id { get; init; }
    public required Guid DatasetId { get; init; }

    /// <summary>As the dataset was called when it was linked.</summary>
    public required string DatasetName { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];
    public Audience? Promised { get; init; }
    public Audience? Actual { get; init; }
    public DateTimeOffset? From { get; init; }

    /// <summary>Null while it is open, or where nobody knows.</summary>
    public DateTimeOffset? Until { get; init; }
    public Known Encrypted { get; init; }
    public long? Records { get; init; }
    public long? Subjects { get; init; }
    public Known RecipientsKnown { get; init; }
    public EvidenceOfAccess Evidence { get; init; }
    public string Note { get; init; } = "";

    /// <summary>Why the link was taken back; the row stays.</summary>
    public string? WithdrawnReason { get; init; }
    public bool IsActive => WithdrawnReason is null;
}

/// <summary>What ties an incident to a program.</summary>
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
