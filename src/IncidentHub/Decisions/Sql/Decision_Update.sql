UPDATE Decision SET Status = @Status, Template = @Template, ErrorClaim = @ErrorClaim, WorstSev = @WorstSev, ToResume = @ToResume, ToTerminate = @ToTerminate,
  Outcome = @Outcome, Rationale = @Rationale, StayUntil = @StayUntil, ProposerId = @ProposerId, ProposerName = @ProposerName, ProposedAt = @ProposedAt,
  DecidedAt = @DecidedAt, Digest = @Digest, OpenKey = @OpenKey, Version = @Version
WHERE Id = @Id AND Version = @OldVersion AND Status <> 'Decided'
