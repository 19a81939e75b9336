namespace IncidentHub.Domain.Decisions;

/// <summary>What the hub gives as the reason where a change voids approvals, sends a recommendation back or opens criteria again.</summary>
public static class HubReasons
{
    public const string OtherOutcome = "Another outcome was recommended.", Merged = "The incident was merged into another.",
        OwnDecision = "Pauses have a decision of their own now.", Worse = "Another pause or a more severe SEV was added.",
        Reopened = "All criteria were reopened.", OtherChecklist = "The checklist changed.",
        Redacted = "A text that they rest on was redacted.",
        Quarantined = "New quarantined data awaits a disposition.", Obligations = "An obligation was added or reopened.";

    public static string Changed(CriterionKind criterion) => $"«{criterion.Title()}» changed.";

    public static IReadOnlySet<string> All { get; } = new HashSet<string>
    {
        OtherOutcome, Merged, OwnDecision, Worse, Reopened, OtherChecklist, Redacted, Quarantined, Obligations,
    }.Union(Enum.GetValues<CriterionKind>().Select(Changed)).ToHashSet();
}
