namespace IncidentHub.Domain.Severity;

/// <summary>One level of the policy: what it means and what it requires.</summary>
public sealed record SevLevel
{
    public required Sev Sev { get; init; }

    /// <summary>The definition of the level in one sentence.</summary>
    public required string Means { get; init; }

    /// <summary>From the flag to its acknowledgement.</summary>
    public required Term Acknowledge { get; init; }

    /// <summary>From the opening of a cycle to its first update; null: none before the close.</summary>
    public Term? FirstUpdate { get; init; }

    /// <summary>From each update to the next; null: none before the close.</summary>
    public Term? UpdateEvery { get; init; }

    public required PauseMode Pause { get; init; }

    /// <summary>How long the owner has to decline a proposed pause; only with <see cref="PauseMode.Proposed"/>.</summary>
    public Term? ProposalDeadline { get; init; }

    /// <summary>Who must approve before a program paused at this level collects again.</summary>
    public required IReadOnlyList<ApprovalRole> ResumeApprovals { get; init; }

    /// <summary>Who must approve terminating a program.</summary>
    public required IReadOnlyList<ApprovalRole> TerminateApprovals { get; init; }

    /// <summary>From the close to the completed review; null: none is asked for.</summary>
    public Term? ReviewWithin { get; init; }

    /// <summary>When the next update is due, or null where the level requires none.</summary>
    /// <param name="opened">When the cycle was opened.</param>
    /// <param name="lastUpdate">The cycle's last update, or null.</param>
    public DateTimeOffset? NextUpdateDue(DateTimeOffset opened, DateTimeOffset? lastUpdate) =>
        lastUpdate is { } last && last >= opened ? UpdateEvery?.After(last) : FirstUpdate?.After(opened);
}

/// <summary>The SEV policy, one version. A cycle of an incident keeps the version that applied to it.</summary>
public sealed record SevPolicy(int Version, IReadOnlyList<SevLevel> Levels, string Reason)
{
    /// <summary>A level of the policy. Every policy that passed <see cref="SevPolicyRules"/> has all six.</summary>
    public SevLevel this[Sev sev] => Levels[(int)sev];

    /// <summary>The policy of a new installation.</summary>
    public static SevPolicy Default { get; } = new(1, DefaultLevels(), "The hub's first policy.");

    private static SevLevel[] DefaultLevels()
    {
        ApprovalRole[] three = [ApprovalRole.Owner, ApprovalRole.Privacy, ApprovalRole.Executive];
        ApprovalRole[] two = [ApprovalRole.Owner, ApprovalRole.Privacy];
        ApprovalRole[] end = [ApprovalRole.Owner, ApprovalRole.Executive];
        return
        [
            new()
            {
                Sev = Sev.Catastrophic, Means = "Sensitive data outside the company at scale, or hostile access going on.",
                Acknowledge = Term.Minutes(5), FirstUpdate = Term.Minutes(15), UpdateEvery = Term.Minutes(30),
                Pause = PauseMode.AtOnce, ResumeApprovals = three, TerminateApprovals = end, ReviewWithin = Term.BusinessDays(5),
            },
            new()
            {
                Sev = Sev.Critical, Means = "Outside the company in part, or improper internal access confirmed.",
                Acknowledge = Term.Minutes(15), FirstUpdate = Term.Minutes(30), UpdateEvery = Term.Hours(1),
                Pause = PauseMode.AtOnce, ResumeApprovals = three, TerminateApprovals = end, ReviewWithin = Term.BusinessDays(5),
            },
            new()
            {
                Sev = Sev.Major, Means = "Sensitive data beyond its promised audience, no improper access confirmed.",
                Acknowledge = Term.Minutes(30), FirstUpdate = Term.Hours(1), UpdateEvery = Term.Hours(4),
                Pause = PauseMode.AtOnce, ResumeApprovals = two, TerminateApprovals = end, ReviewWithin = Term.BusinessDays(10),
            },
            new()
            {
                Sev = Sev.Moderate, Means = "Limited over-exposure inside the company.",
                Acknowledge = Term.Hours(4), FirstUpdate = Term.Days(1), UpdateEvery = Term.Days(1),
                Pause = PauseMode.Proposed, ProposalDeadline = Term.Minutes(60), ResumeApprovals = two, TerminateApprovals = end,
                ReviewWithin = Term.BusinessDays(20),
            },
            new()
            {
                Sev = Sev.Minor, Means = "A safeguard failed, nothing exposed.",
                Acknowledge = Term.BusinessDays(1), FirstUpdate = Term.Days(7), UpdateEvery = Term.Days(7),
                Pause = PauseMode.Recommended, ResumeApprovals = two, TerminateApprovals = end,
            },
            new()
            {
                Sev = Sev.Notice, Means = "Near miss or question.",
                Acknowledge = Term.BusinessDays(5), Pause = PauseMode.None, ResumeApprovals = [ApprovalRole.Owner],
                    TerminateApprovals = end,
            },
        ];
    }
}
