INSERT INTO PauseStop (PauseId, CollectorId, PermitJti, PermitExp)
SELECT @PauseId, cp.CollectorId, cp.PermitJti, CASE WHEN cp.PermitExp < @NotBefore THEN @NotBefore ELSE cp.PermitExp END FROM CollectorProgram cp
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND cp.PermitExp > @After AND cp.PermitEpoch < @Epoch AND (c.RevokedAt IS NULL OR c.RevokedAt > @At)
  AND COALESCE(cp.Region, '') = @Region AND cp.PermitCategories = @PermitCategories
ORDER BY cp.CollectorId
