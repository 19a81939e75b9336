SELECT
  COALESCE(SUM(CASE WHEN c.RevokedAt IS NULL OR c.RevokedAt > p.InForceAt THEN 1 ELSE 0 END), 0) - (SELECT COUNT(*) FROM PauseStop s WHERE s.PauseId = @PauseId) AS Idle,
  COALESCE(SUM(CASE WHEN c.RevokedAt <= p.InForceAt THEN 1 ELSE 0 END), 0) AS Revoked
FROM Pause p
INNER JOIN CollectorProgram cp ON cp.ProgramId = p.ProgramId
INNER JOIN Collector c ON c.Id = cp.CollectorId
WHERE p.Id = @PauseId AND c.RegisteredAt <= p.InForceAt
