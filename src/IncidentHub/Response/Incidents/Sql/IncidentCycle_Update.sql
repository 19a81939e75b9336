-- What the hub observes is written only where it was corrected: else a stop that was proven meanwhile would be lost.
UPDATE IncidentCycle SET OpenedAt = @OpenedAt, ContainedAt = @ContainedAt, ResolvedAt = @ResolvedAt,
  PauseOrderedAt = CASE WHEN @OrderCorrected = 1 THEN @PauseOrderedAt ELSE PauseOrderedAt END,
  CollectionStoppedAt = CASE WHEN @StopCorrected = 1 THEN @CollectionStoppedAt ELSE CollectionStoppedAt END
WHERE IncidentId = @IncidentId AND Number = @Number
