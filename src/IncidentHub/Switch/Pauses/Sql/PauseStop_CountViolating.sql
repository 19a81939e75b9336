SELECT COUNT(*) FROM PauseStop WHERE PauseId = @PauseId AND ViolatedAt IS NOT NULL
