UPDATE OutboxMessage SET Attempts = @Attempts, AvailableAt = @AvailableAt, ParkedAt = @ParkedAt, LastError = @Error, ClaimedBy = NULL, ClaimedUntil = NULL
WHERE Id = @Id
