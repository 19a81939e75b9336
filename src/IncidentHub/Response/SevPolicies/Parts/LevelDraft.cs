using IncidentHub.Domain.Severity;

namespace IncidentHub.Response.SevPolicies.Parts;

/// <summary>A level while it is being edited.</summary>
public sealed class LevelDraft
{
    internal LevelDraft(PolicyLevelView v)
    {
        (Sev, Means, Acknowledge, FirstUpdate, UpdateEvery) = ((Sev)v.Sev!.Value, v.Means, v.Acknowledge, v.FirstUpdate, v.UpdateEvery);
        (Pause, ProposalDeadline) = (v.Pause!.Value, v.ProposalDeadline);
        (Resume, Terminate, ReviewWithin) = (v.ResumeApprovals?.ToArray(), v.TerminateApprovals?.ToArray(), v.ReviewWithin);
    }

    public Sev Sev { get; }
    public string? Means { get; set; }
    public string? Acknowledge { get; set; }
    public string? FirstUpdate { get; set; }
    public string? UpdateEvery { get; set; }
    public PauseMode Pause { get; set; }
    public string? ProposalDeadline { get; set; }
    public IReadOnlyCollection<ApprovalRole>? Resume { get; set; }
    public IReadOnlyCollection<ApprovalRole>? Terminate { get; set; }
    public string? ReviewWithin { get; set; }

    /// <summary>The field name in refusals.</summary>
    public string Field(string name) => $"levels[{(int)Sev}].{name}";

    internal PolicyLevelView ToView() => new()
    {
        Sev = (int)Sev,
        Means = Means,
        Acknowledge = Acknowledge,
        FirstUpdate = FirstUpdate,
        UpdateEvery = UpdateEvery,
        Pause = Pause,
        ProposalDeadline = Pause == PauseMode.Proposed ? ProposalDeadline : null,
        ResumeApprovals = [.. Resume ?? []],
        TerminateApprovals = [.. Terminate ?? []],
        ReviewWithin = ReviewWithin,
    };
}
