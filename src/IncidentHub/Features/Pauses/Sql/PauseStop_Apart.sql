SELECT
  COALESCE(SUM(CASE WHEN c.RevokedAt IS NULL AND s.CollectorId IS NULL THEN 1 ELSE 0 END), 0) AS Idle,
  COALESCE(SUM(CASE WHEN c.RevokedAt IS NOT NULL AND s.CollectorId IS NULL THEN 1 ELSE 0 END), 0) AS Revoked
FROM CollectorProgram cp
INNER JOIN Collector c ON c.Id = cp.CollectorId
LEFT JOIN PauseStop s ON s.CollectorId = cp.CollectorId AND s.PauseId = @PauseId
WHERE cp.ProgramId = @ProgramId
