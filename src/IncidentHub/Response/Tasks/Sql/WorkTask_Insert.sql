INSERT INTO WorkTask (Id, Number, Code, Kind, Status, What, OwnerId, OwnerName, DueAt, IncidentId, ProgramId, DecisionId, DecisionCode, DatasetId, CreatedAt, DoneById, DoneByName,
  DoneAt, DoneNote, ClosedById, ClosedByName, ClosedAt, ClosedNote, Version, ChangedBy, ChangedWhat)
VALUES (@Id, @Number, @Code, @Kind, @Status, @What, @OwnerId, @OwnerName, @DueAt, @IncidentId, @ProgramId, @DecisionId, @DecisionCode, @DatasetId, @CreatedAt, @DoneById,
  @DoneByName, @DoneAt, @DoneNote, @ClosedById, @ClosedByName, @ClosedAt, @ClosedNote, @Version, @ChangedBy, @ChangedWhat)
