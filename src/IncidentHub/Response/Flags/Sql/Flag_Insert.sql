INSERT INTO Flag
  (Id, Code, Number, Concern, About, DataAnswer, AudienceAnswer, StillOpen, SuggestedSev, ProgramId, RaisedById, ReceiptHash, Status, FlaggedAt,
   AcknowledgedAt, AcknowledgedById, ClosedAt, IncidentId, DismissReason, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES
  (@Id, @Code, @Number, @Concern, @About, @DataAnswer, @AudienceAnswer, @StillOpen, @SuggestedSev, @ProgramId, @RaisedById, @ReceiptHash, @Status, @FlaggedAt,
   @AcknowledgedAt, @AcknowledgedById, @ClosedAt, @IncidentId, @DismissReason, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)
