UPDATE IncidentCycle SET PauseOrderedAt = @PauseOrderedAt, CollectionStoppedAt = @CollectionStoppedAt WHERE IncidentId = @IncidentId AND Number = @Number
