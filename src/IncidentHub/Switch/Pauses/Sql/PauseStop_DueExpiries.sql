SELECT DISTINCT PermitExp FROM PauseStop
WHERE PauseId = @PauseId AND StoppedAfterMs IS NULL AND ViolatedAt IS NULL AND PermitExp <= @UpTo
