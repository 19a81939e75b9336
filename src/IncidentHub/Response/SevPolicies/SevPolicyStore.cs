using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;

namespace IncidentHub.Response.SevPolicies;

/// <summary>A version of the policy, who published it and when. The first is built in and has neither.</summary>
internal sealed record PolicyVersion(int Version, string Reason, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <summary>Versions of the SEV policy in the database; version 1 is <see cref="SevPolicy.Default"/> and has no row.</summary>
internal static class SevPolicyStore
{
    public static Task<int> NewestAsync(ISql sql) => sql.ScalarAsync<int>("SevPolicy_Newest");

    public static async Task<SevPolicy?> FindAsync(ISql sql, int version) => (await FindRecordAsync(sql, version))?.State;

    /// <summary>The current version, with its publisher: the hub itself for the built-in one.</summary>
    public static async Task<SevPolicyRecord> LoadAsync(ISql sql) => (await FindRecordAsync(sql, await NewestAsync(sql)))!;

    private static async Task<SevPolicyRecord?> FindRecordAsync(ISql sql, int version)
    {
        if (version == SevPolicy.Default.Version)
            return SevPolicyRecord.Of(SevPolicy.Default, DateTimeOffset.UnixEpoch, Actor.System.Name);
        var head = await sql.FirstOrDefaultAsync<VersionRow>("SevPolicy_Version", new { Version = version });
        if (head is null) return null;
        var levels = await sql.QueryAsync<LevelRow>("SevPolicy_Levels", new { Version = version });
        var policy = new SevPolicy(version, [.. levels.Select(l => l.ToLevel())], head.Reason);
        return SevPolicyRecord.Of(policy, head.ChangedAt, head.ChangedBy);
    }

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<PolicyVersion>> VersionsAsync(ISql sql) =>
    [
        .. (await sql.QueryAsync<VersionRow>("SevPolicy_Versions"))
            .Select(r => new PolicyVersion(r.Version, r.Reason, r.ChangedAt, r.ChangedBy)),
        new(SevPolicy.Default.Version, SevPolicy.Default.Reason, null, null),
    ];

    /// <summary>Adds a version. False: the version that it is based on is no longer the newest.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork tx, SevPolicy before, SevPolicy policy, string by)
    {
        var version = new { policy.Version, policy.Reason, ChangedAt = tx.Now, ChangedBy = by, Before = before.Version };
        if (await tx.ExecuteAsync("SevPolicyVersion_Insert", version) != 1) return false;
        await tx.ExecuteAsync("SevPolicyLevel_Insert", policy.Levels.Select(l => new
        {
            policy.Version,
            Sev = (int)l.Sev,
            l.Means,
            Acknowledge = l.Acknowledge.ToString(),
            FirstUpdate = l.FirstUpdate?.ToString(),
            UpdateEvery = l.UpdateEvery?.ToString(),
            PauseMode = l.Pause.ToString(),
            ProposalDeadline = l.ProposalDeadline?.ToString(),
            ResumeApprovals = string.Join(' ', l.ResumeApprovals),
            TerminateApprovals = string.Join(' ', l.TerminateApprovals),
            ReviewWithin = l.ReviewWithin?.ToString(),
        }));
        return true;
    }

    private sealed record VersionRow
    {
        public required int Version { get; init; }
        public required string Reason { get; init; }
        public required DateTimeOffset ChangedAt { get; init; }
        public required string ChangedBy { get; init; }
    }

    private sealed record LevelRow
    {
        public required int Sev { get; init; }
        public required string Means { get; init; }
        public required string Acknowledge { get; init; }
        public required string? FirstUpdate { get; init; }
        public required string? UpdateEvery { get; init; }
        public required string PauseMode { get; init; }
        public required string? ProposalDeadline { get; init; }
        public required string ResumeApprovals { get; init; }
        public required string TerminateApprovals { get; init; }
        public required string? ReviewWithin { get; init; }

        public SevLevel ToLevel() => new()
        {
            Sev = (Sev)Sev,
            Means = Means,
            Acknowledge = ToTerm(Acknowledge),
            FirstUpdate = ToOptional(FirstUpdate),
            UpdateEvery = ToOptional(UpdateEvery),
            Pause = Enum.Parse<PauseMode>(PauseMode),
            ProposalDeadline = ToOptional(ProposalDeadline),
            ResumeApprovals = ToRoles(ResumeApprovals),
            TerminateApprovals = ToRoles(TerminateApprovals),
            ReviewWithin = ToOptional(ReviewWithin),
        };

        private static Term ToTerm(string text) => Term.TryParse(text, out var term)
            ? term : throw new InvalidOperationException($"The policy has an invalid limit: {text}.");

        private static Term? ToOptional(string? text) => text is null ? null : ToTerm(text);

        private static ApprovalRole[] ToRoles(string text) =>
            [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ApprovalRole>)];
    }
}
