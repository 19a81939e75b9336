UPDATE WorkTask SET Status = @Status, What = @What, OwnerId = @OwnerId, OwnerName = @OwnerName, DueAt = @DueAt, MissedAt = CASE WHEN DueAt = @DueAt THEN MissedAt ELSE NULL END, DoneById = @DoneById, DoneByName = @DoneByName,
  DoneAt = @DoneAt, DoneNote = @DoneNote, ClosedById = @ClosedById, ClosedByName = @ClosedByName, ClosedAt = @ClosedAt, ClosedNote = @ClosedNote,
  Version = @Version, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @OldVersion
