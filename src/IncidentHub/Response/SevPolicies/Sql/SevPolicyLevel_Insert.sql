INSERT INTO SevPolicyLevel (Version, Sev, Means, Acknowledge, FirstUpdate, UpdateEvery, PauseMode, ProposalDeadline, ResumeApprovals, TerminateApprovals)
VALUES (@Version, @Sev, @Means, @Acknowledge, @FirstUpdate, @UpdateEvery, @PauseMode, @ProposalDeadline, @ResumeApprovals, @TerminateApprovals)
