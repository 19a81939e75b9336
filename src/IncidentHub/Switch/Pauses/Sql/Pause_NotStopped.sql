UPDATE Pause SET FullyStoppedAt = NULL WHERE Id = @Id AND FullyStoppedAt IS NOT NULL
