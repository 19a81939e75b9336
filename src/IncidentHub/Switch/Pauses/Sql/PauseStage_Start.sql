UPDATE PauseStage SET StartedAt = @Now WHERE PauseId = @PauseId AND DecisionId = @DecisionId AND Ordinal = @Ordinal AND StartedAt IS NULL AND StoppedAt IS NULL
