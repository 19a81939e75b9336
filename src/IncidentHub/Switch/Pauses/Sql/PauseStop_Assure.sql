UPDATE PauseStop SET AssuredAt = @Now, StoppedAfterMs = @AfterMs
WHERE PauseId = @PauseId AND PermitExp = @PermitExp AND StoppedAfterMs IS NULL AND ViolatedAt IS NULL
