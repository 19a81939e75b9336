SELECT cp.Region, cp.PermitCategories FROM CollectorProgram cp
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND cp.PermitExp > @After AND cp.PermitEpoch < @Epoch AND (c.RevokedAt IS NULL OR c.RevokedAt > @At)
GROUP BY cp.Region, cp.PermitCategories
