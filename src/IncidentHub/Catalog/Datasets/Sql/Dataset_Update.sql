UPDATE Dataset
SET Kind = @Kind, Description = @Description, OwnerId = @OwnerId, Classification = @Classification, EncryptionAtRest = @EncryptionAtRest,
  PromisedScope = @PromisedScope, PromisedName = @PromisedName, ActualScope = @ActualScope, ActualName = @ActualName, OverExposed = @OverExposed,
  Records = @Records, Subjects = @Subjects, RetentionDays = @RetentionDays, Location = @Location,
  Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion
