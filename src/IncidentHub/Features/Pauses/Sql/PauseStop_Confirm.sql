UPDATE PauseStop SET AckAt = @Now, AckDigest = @Digest, StoppedAfterMs = @AfterMs WHERE PauseId = @PauseId AND CollectorId = @CollectorId AND AckAt IS NULL
