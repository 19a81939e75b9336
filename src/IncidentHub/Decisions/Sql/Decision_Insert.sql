INSERT INTO Decision (Id, Number, Code, ProgramId, ProgramCode, Status, Template, ErrorClaim, WorstSev, ToResume, ToTerminate, Outcome, Rationale, StayUntil,
  ProposerId, ProposerName, ProposedAt, OpenedAt, AsksAgainAt, PredecessorId, DecidedAt, Digest, OpenKey, Version)
VALUES (@Id, @Number, @Code, @ProgramId, @ProgramCode, @Status, @Template, @ErrorClaim, @WorstSev, @ToResume, @ToTerminate, @Outcome, @Rationale, @StayUntil,
  @ProposerId, @ProposerName, @ProposedAt, @OpenedAt, @AsksAgainAt, @PredecessorId, @DecidedAt, @Digest, @OpenKey, @Version)
