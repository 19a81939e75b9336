UPDATE Exposure SET Categories = @Categories, PromisedScope = @PromisedScope, PromisedName = @PromisedName, ActualScope = @ActualScope, ActualName = @ActualName,
  ExposedFrom = @ExposedFrom, ExposedUntil = @ExposedUntil, Encrypted = @Encrypted, Records = @Records, Subjects = @Subjects, RecipientsKnown = @RecipientsKnown,
  EvidenceOfAccess = @EvidenceOfAccess, Note = @Note, WithdrawnReason = @WithdrawnReason
WHERE Id = @Id AND IncidentId = @IncidentId
