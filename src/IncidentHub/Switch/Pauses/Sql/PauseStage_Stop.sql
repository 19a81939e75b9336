UPDATE PauseStage SET StoppedAt = @Now WHERE PauseId = @PauseId AND StoppedAt IS NULL
