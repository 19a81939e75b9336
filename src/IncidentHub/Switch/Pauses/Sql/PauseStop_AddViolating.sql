INSERT INTO PauseStop (PauseId, CollectorId, PermitJti, PermitExp, ViolatedAt)
SELECT @PauseId, @CollectorId, @PermitJti, @PermitExp, @Now
WHERE NOT EXISTS (SELECT 1 FROM PauseStop WHERE PauseId = @PauseId AND CollectorId = @CollectorId)
  AND NOT EXISTS (SELECT 1 FROM PauseStopSummary WHERE PauseId = @PauseId)
