using IncidentHub.Domain.Severity;

namespace IncidentHub.Domain.Incidents;

/// <summary>Commands of an incident. The caller has resolved links and people.</summary>
public abstract record IncidentCommand
{
    private IncidentCommand() { }

    /// <param name="PolicyVersion">Of the current SEV policy.</param>
    /// <param name="Flagged">When the concern was flagged; null for an incident declared without a flag.</param>
    /// <param name="Acknowledged">When the flag was acknowledged; null: by this declaration.</param>
    public sealed record Declare(
        Guid Id, string Code, string Title, Sev Sev, int PolicyVersion,
        string Summary = "", Confidentiality Confidentiality = Confidentiality.Open,
        DateTimeOffset? ExposureStarted = null, DateTimeOffset? Detected = null,
        DateTimeOffset? Flagged = null, DateTimeOffset? Acknowledged = null) : IncidentCommand
    {
        public IReadOnlyList<RoleHolder> People { get; init; } = [];
        public IReadOnlyList<Exposure> Exposures { get; init; } = [];
        public IReadOnlyList<ProgramInvolvement> Involvements { get; init; } = [];
    }

    /// <summary>Null leaves a field unchanged.</summary>
    public sealed record ChangeDetails(string? Title, string? Summary) : IncidentCommand;

    public sealed record ChangeSev(Sev To, string Reason) : IncidentCommand;

    /// <summary>The inputs of the breach score that do not follow from the exposures. The advice changes; the SEV does not.</summary>
    public sealed record AssessSeverity(BreachInputs Inputs, string Reason) : IncidentCommand;

    /// <summary>Keeps the SEV although the advice suggests another one. It counts until the suggestion changes.</summary>
    public sealed record OverrideAdvice(string Reason) : IncidentCommand;

    /// <param name="At">When it was contained; null: now.</param>
    public sealed record Contain(DateTimeOffset? At, string Note) : IncidentCommand;

    public sealed record Resolve(DateTimeOffset? At, string Note) : IncidentCommand;

    public sealed record Close(string Note) : IncidentCommand;

    /// <summary>The fix did not hold: a new cycle, judged by the current policy.</summary>
    /// <param name="PolicyVersion">Of the current SEV policy; the hub fills it in.</param>
    public sealed record Reopen(string Reason, int PolicyVersion = 0) : IncidentCommand;

    /// <summary>Merges this incident into another one.</summary>
    public sealed record MergeInto(IncidentState Survivor, string Reason) : IncidentCommand;

    /// <summary>The surviving incident's part of a merge: it takes over the links, and the more severe level applies.</summary>
    public sealed record Absorb(IncidentState Merged) : IncidentCommand;

    public sealed record AssignRole(IncidentRole Role, Guid PersonId, string Name) : IncidentCommand;

    public sealed record ReleaseRole(IncidentRole Role, Guid PersonId) : IncidentCommand;

    public sealed record SetConfidentiality(Confidentiality To, string Reason) : IncidentCommand;

    public sealed record AddExposure(Exposure Exposure) : IncidentCommand;

    /// <summary>Replaces the fields of an exposure; the dataset stays.</summary>
    public sealed record ChangeExposure(Exposure Exposure) : IncidentCommand;

    /// <summary>What an access review found of the exposure of this dataset.</summary>
    public sealed record ConcludeAccess(Guid DatasetId, EvidenceOfAccess Evidence) : IncidentCommand;

    public sealed record WithdrawExposure(Guid ExposureId, string Reason) : IncidentCommand;

    public sealed record AddInvolvement(ProgramInvolvement Involvement) : IncidentCommand;

    public sealed record ChangeInvolvement(Guid ProgramId, Involvement Kind, string Reason) : IncidentCommand;

    public sealed record WithdrawInvolvement(Guid ProgramId, string Reason) : IncidentCommand;

    /// <summary>Links that were suggested, several at once: all of them or none.</summary>
    public sealed record ConfirmLinks(IReadOnlyList<Exposure> Exposures, IReadOnlyList<ProgramInvolvement> Involvements) : IncidentCommand;

    /// <summary>Suggestions that do not apply; they are not made again.</summary>
    public sealed record SetLinksAside(IReadOnlyList<SuggestedLink> Links, string Reason) : IncidentCommand;

    /// <param name="Cycle">Null for timestamps that an incident has once, and for the current cycle.</param>
    /// <param name="At">Null: it is unknown.</param>
    public sealed record CorrectTimestamp(TimestampKind Timestamp, int? Cycle, DateTimeOffset? At, string Reason) : IncidentCommand;
}
