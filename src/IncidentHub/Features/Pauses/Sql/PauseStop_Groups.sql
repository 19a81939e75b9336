SELECT cp.Region, cp.PermitCategories FROM CollectorProgram cp
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND cp.PermitExp > @After AND c.RevokedAt IS NULL
GROUP BY cp.Region, cp.PermitCategories
