INSERT INTO Exposure (Id, IncidentId, DatasetId, DatasetName, Ordinal, Categories, PromisedScope, PromisedName, ActualScope, ActualName, ExposedFrom, ExposedUntil, Encrypted,
  Records, Subjects, RecipientsKnown, EvidenceOfAccess, Note, WithdrawnReason)
VALUES (@Id, @IncidentId, @DatasetId, @DatasetName, @Ordinal, @Categories, @PromisedScope, @PromisedName, @ActualScope, @ActualName, @ExposedFrom, @ExposedUntil, @Encrypted,
  @Records, @Subjects, @RecipientsKnown, @EvidenceOfAccess, @Note, @WithdrawnReason)
