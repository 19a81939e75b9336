namespace IncidentHub.Domain.Decisions;

/// <summary>What must be true before a program collects again.</summary>
public enum CriterionKind
{
    RootCauseKnown,

    /// <summary>Verified by a second person.</summary>
    ExposureClosed,
    AccessLimited,
    EncryptionChecked,
    AccessReviewComplete,
    SafeguardsVerified,
    ClocksAnswered,
    PeopleInformed,
    QuarantinedDataDisposed,

    /// <summary>For a pause without an incident.</summary>
    ReasonResolved,

    /// <summary>For a pause placed in error: what the error was.</summary>
    ErrorExplained,

    /// <summary>For a pause placed in error: nothing had been exposed.</summary>
    NothingExposed,
}

/// <summary>Status of a criterion.</summary>
public enum CriterionStatus { Open, Met, Waived }

/// <summary>One line of the checklist.</summary>
/// <param name="Text">The evidence of a met criterion, the reason of a waived one, why an open one was opened again, or null.</param>
/// <param name="ById">Who met, waived or reopened it; null for one that was never answered.</param>
public sealed record Criterion(CriterionKind Kind, CriterionStatus Status, string? Text, Guid? ById, string? ByName, DateTimeOffset? At)
{
    /// <summary>Incidents of which the text speaks by reference: it is for those who may see them.</summary>
    public IReadOnlyList<Guid> About { get; init; } = [];

    public static Criterion Untouched(CriterionKind kind) => new(kind, CriterionStatus.Open, null, null, null, null);
}

/// <summary>The checklists.</summary>
public static class CriteriaTemplates
{
    private static readonly CriterionKind[] Full =
    [
        CriterionKind.RootCauseKnown, CriterionKind.ExposureClosed, CriterionKind.AccessLimited, CriterionKind.EncryptionChecked,
        CriterionKind.AccessReviewComplete, CriterionKind.SafeguardsVerified, CriterionKind.ClocksAnswered, CriterionKind.PeopleInformed,
        CriterionKind.QuarantinedDataDisposed,
    ];

    // Nothing was exposed at SEV 4: nobody to inform, no access to review, no clock. SEV 5 is a question.
    private static readonly CriterionKind[] Minor =
        [CriterionKind.RootCauseKnown, CriterionKind.AccessLimited, CriterionKind.EncryptionChecked, CriterionKind.SafeguardsVerified,
            CriterionKind.QuarantinedDataDisposed];

    private static readonly CriterionKind[] Notice = [CriterionKind.RootCauseKnown, CriterionKind.SafeguardsVerified];

    private static readonly CriterionKind[] NoIncident =
        [CriterionKind.ReasonResolved, CriterionKind.SafeguardsVerified, CriterionKind.QuarantinedDataDisposed];

    private static readonly CriterionKind[] InError = [CriterionKind.ErrorExplained, CriterionKind.NothingExposed];

    /// <summary>The items of the checklist, in order.</summary>
    /// <param name="worst">Null where no pause belongs to an incident.</param>
    /// <param name="withoutIncident">Whether a pause has no incident.</param>
    public static IReadOnlyList<CriterionKind> For(CriteriaTemplate template, Sev? worst, bool withoutIncident)
    {
        if (template == CriteriaTemplate.PlacedInError) return InError;
        CriterionKind[] bySev = worst is not { } sev ? [] : sev switch
        {
            Sev.Catastrophic or Sev.Critical or Sev.Major or Sev.Moderate => Full,
            Sev.Minor => Minor,
            Sev.Notice => Notice,
        };
        return [.. bySev.Union(withoutIncident ? NoIncident : []).Order()];
    }

    /// <summary>The label of a criterion.</summary>
    public static string Title(this CriterionKind kind) => kind switch
    {
        CriterionKind.RootCauseKnown => "Root cause identified",
        CriterionKind.ExposureClosed => "Exposure closed and verified by a second person",
        CriterionKind.AccessLimited => "Access limited to the promised audience",
        CriterionKind.EncryptionChecked => "Encryption verified",
        CriterionKind.AccessReviewComplete => "Access review complete",
        CriterionKind.SafeguardsVerified => "Broken safeguards verified again",
        CriterionKind.ClocksAnswered => "Regulatory obligations met",
        CriterionKind.PeopleInformed => "Affected people informed",
        CriterionKind.QuarantinedDataDisposed => "Quarantined data disposed of",
        CriterionKind.ReasonResolved => "Reason for the pause resolved",
        CriterionKind.ErrorExplained => "Error explained",
        CriterionKind.NothingExposed => "No exposure found",
    };

    /// <summary>The evidence that is required.</summary>
    public static string Asks(this CriterionKind kind) => kind switch
    {
        CriterionKind.RootCauseKnown => "What caused the incident, and where that is documented.",
        CriterionKind.ExposureClosed =>
            "What you tested yourself, when, and the result. The person who closed the exposure cannot verify it.",
        CriterionKind.AccessLimited => "Who can read the data now, compared with the promised audience.",
        CriterionKind.EncryptionChecked => "Which storage locations were verified, and how.",
        CriterionKind.AccessReviewComplete =>
            "Rows and time window covered, gaps, people outside the promised audience, digest of the log.",
        CriterionKind.SafeguardsVerified => "Which safeguards were verified again, and the evidence.",
        CriterionKind.ClocksAnswered => "For each regime: when the authority was notified, or why that is not required.",
        CriterionKind.PeopleInformed => "Who was informed, when, and by which statement.",
        CriterionKind.QuarantinedDataDisposed => "What was quarantined, and its disposition.",
        CriterionKind.ReasonResolved => "Why the program was paused, and what has changed since.",
        CriterionKind.ErrorExplained => "What was misread, from which signal, and what prevents it from happening again.",
        CriterionKind.NothingExposed => "What was examined to confirm this.",
    };
}
