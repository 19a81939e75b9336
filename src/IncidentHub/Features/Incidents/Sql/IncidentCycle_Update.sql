UPDATE IncidentCycle SET OpenedAt = @OpenedAt, PauseOrderedAt = @PauseOrderedAt, CollectionStoppedAt = @CollectionStoppedAt, ContainedAt = @ContainedAt, ResolvedAt = @ResolvedAt
WHERE IncidentId = @IncidentId AND Number = @Number
