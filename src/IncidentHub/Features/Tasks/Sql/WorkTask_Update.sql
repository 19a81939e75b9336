UPDATE WorkTask SET Status = @Status, What = @What, OwnerId = @OwnerId, OwnerName = @OwnerName, DueAt = @DueAt, DoneById = @DoneById, DoneByName = @DoneByName,
  DoneAt = @DoneAt, DoneNote = @DoneNote, ClosedById = @ClosedById, ClosedByName = @ClosedByName, ClosedAt = @ClosedAt, ClosedNote = @ClosedNote,
  Version = @Version, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @OldVersion
