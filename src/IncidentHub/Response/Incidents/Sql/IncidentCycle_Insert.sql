INSERT INTO IncidentCycle (IncidentId, Number, PolicyVersion, Reason, OpenedAt, PauseOrderedAt, CollectionStoppedAt, ContainedAt, ResolvedAt)
VALUES (@IncidentId, @Number, @PolicyVersion, @Reason, @OpenedAt, @PauseOrderedAt, @CollectionStoppedAt, @ContainedAt, @ResolvedAt)
