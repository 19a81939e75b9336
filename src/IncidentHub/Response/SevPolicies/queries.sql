-- name: Rows_SevPolicyLevel
SELECT t.Version AS RowsKey, t.*
FROM SevPolicyLevel t
WHERE 1 = 1
  AND t.Version IN {{numbers}} --?Ids
  AND t.Version > @After --?After
ORDER BY t.Version, t.Sev
{{page}} --?Page

-- name: Rows_SevPolicyVersion
SELECT t.Version AS RowsKey, t.*
FROM SevPolicyVersion t
WHERE 1 = 1
  AND t.Version IN {{numbers}} --?Ids
  AND t.Version > @After --?After
ORDER BY t.Version
{{page}} --?Page

-- name: SevPolicyLevel_Insert
-- writes: SevPolicyLevel @Version
INSERT INTO SevPolicyLevel (Version, Sev, Means, Acknowledge, FirstUpdate, UpdateEvery, PauseMode, ProposalDeadline, ResumeApprovals,
  TerminateApprovals, ReviewWithin)
VALUES (@Version, @Sev, @Means, @Acknowledge, @FirstUpdate, @UpdateEvery, @PauseMode, @ProposalDeadline, @ResumeApprovals,
  @TerminateApprovals, @ReviewWithin)

-- name: SevPolicyVersion_Insert
-- writes: SevPolicyVersion @Version
INSERT INTO SevPolicyVersion (Version, Reason, ChangedAt, ChangedBy)
SELECT @Version, @Reason, @ChangedAt, @ChangedBy
WHERE (SELECT COALESCE(MAX(v.Version), 1) FROM SevPolicyVersion v) = @Before

-- name: SevPolicy_Levels
SELECT l.Sev AS Sev, l.Means AS Means, l.Acknowledge AS Acknowledge, l.FirstUpdate AS FirstUpdate, l.UpdateEvery AS UpdateEvery,
  l.PauseMode AS PauseMode,
  l.ProposalDeadline AS ProposalDeadline, l.ResumeApprovals AS ResumeApprovals, l.TerminateApprovals AS TerminateApprovals,
  l.ReviewWithin AS ReviewWithin
FROM SevPolicyLevel l WHERE l.Version = @Version ORDER BY l.Sev

-- name: SevPolicy_Newest
SELECT COALESCE(MAX(v.Version), 1) AS Version FROM SevPolicyVersion v

-- name: SevPolicy_Version
SELECT v.Version AS Version, v.Reason AS Reason, v.ChangedAt AS ChangedAt, v.ChangedBy AS ChangedBy FROM SevPolicyVersion v
  WHERE v.Version = @Version

-- name: SevPolicy_Versions
SELECT v.Version AS Version, v.Reason AS Reason, v.ChangedAt AS ChangedAt, v.ChangedBy AS ChangedBy FROM SevPolicyVersion v
  ORDER BY v.Version DESC
