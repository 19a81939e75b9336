UPDATE PauseStop SET ViolatedAt = @Now, StoppedAfterMs = NULL WHERE PauseId = @PauseId AND CollectorId = @CollectorId AND ViolatedAt IS NULL
