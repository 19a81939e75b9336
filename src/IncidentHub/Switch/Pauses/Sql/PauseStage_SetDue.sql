UPDATE PauseStage SET DueAt = @DueAt WHERE PauseId = @PauseId AND DecisionId = @DecisionId AND Ordinal = @Ordinal AND StartedAt IS NULL
