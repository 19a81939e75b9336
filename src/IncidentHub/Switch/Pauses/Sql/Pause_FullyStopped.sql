UPDATE Pause SET FullyStoppedAt = @At WHERE Id = @Id AND FullyStoppedAt IS NULL
