SELECT COUNT(*) AS Registered, COALESCE(SUM(CASE WHEN cp.PermitExp > @Now THEN 1 ELSE 0 END), 0) AS Holding
FROM CollectorProgram cp INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE cp.ProgramId = @ProgramId AND c.RevokedAt IS NULL
