-- name: SevPolicyLevel_Insert
INSERT INTO SevPolicyLevel (Version, Sev, Means, Acknowledge, FirstUpdate, UpdateEvery, PauseMode, ProposalDeadline, ResumeApprovals,
  TerminateApprovals)
VALUES (@Version, @Sev, @Means, @Acknowledge, @FirstUpdate, @UpdateEvery, @PauseMode, @ProposalDeadline, @ResumeApprovals,
  @TerminateApprovals)

-- name: SevPolicyVersion_Insert
INSERT INTO SevPolicyVersion (Version, Reason, ChangedAt, ChangedBy)
SELECT @Version, @Reason, @ChangedAt, @ChangedBy
WHERE (SELECT COALESCE(MAX(v.Version), 1) FROM SevPolicyVersion v) = @Before

-- name: SevPolicy_Levels
SELECT l.Sev AS Sev, l.Means AS Means, l.Acknowledge AS Acknowledge, l.FirstUpdate AS FirstUpdate, l.UpdateEvery AS UpdateEvery,
  l.PauseMode AS PauseMode,
  l.ProposalDeadline AS ProposalDeadline, l.ResumeApprovals AS ResumeApprovals, l.TerminateApprovals AS TerminateApprovals
FROM SevPolicyLevel l WHERE l.Version = @Version ORDER BY l.Sev

-- name: SevPolicy_Newest
SELECT COALESCE(MAX(v.Version), 1) AS Version FROM SevPolicyVersion v

-- name: SevPolicy_Version
SELECT v.Version AS Version, v.Reason AS Reason, v.ChangedAt AS ChangedAt, v.ChangedBy AS ChangedBy FROM SevPolicyVersion v
  WHERE v.Version = @Version

-- name: SevPolicy_Versions
SELECT v.Version AS Version, v.Reason AS Reason, v.ChangedAt AS ChangedAt, v.ChangedBy AS ChangedBy FROM SevPolicyVersion v
  ORDER BY v.Version DESC
