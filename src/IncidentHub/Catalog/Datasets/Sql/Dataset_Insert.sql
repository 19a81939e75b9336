INSERT INTO Dataset
  (Id, Name, Kind, Description, OwnerId, Classification, EncryptionAtRest, PromisedScope, PromisedName, ActualScope, ActualName, OverExposed,
   Records, Subjects, RetentionDays, Location, RegisteredAt, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES
  (@Id, @Name, @Kind, @Description, @OwnerId, @Classification, @EncryptionAtRest, @PromisedScope, @PromisedName, @ActualScope, @ActualName, @OverExposed,
   @Records, @Subjects, @RetentionDays, @Location, @RegisteredAt, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)
