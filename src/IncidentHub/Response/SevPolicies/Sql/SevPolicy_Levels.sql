SELECT l.Sev AS Sev, l.Means AS Means, l.Acknowledge AS Acknowledge, l.FirstUpdate AS FirstUpdate, l.UpdateEvery AS UpdateEvery, l.PauseMode AS PauseMode,
  l.ProposalDeadline AS ProposalDeadline, l.ResumeApprovals AS ResumeApprovals, l.TerminateApprovals AS TerminateApprovals
FROM SevPolicyLevel l WHERE l.Version = @Version ORDER BY l.Sev
