SELECT s.PauseId AS PauseId, COUNT(*) AS Population,
  SUM(CASE WHEN s.ViolatedAt IS NULL AND s.AckAt IS NOT NULL THEN 1 ELSE 0 END) AS Confirmed,
  SUM(CASE WHEN s.ViolatedAt IS NULL AND s.AckAt IS NULL AND s.AssuredAt IS NOT NULL THEN 1 ELSE 0 END) AS Assured,
  SUM(CASE WHEN s.ViolatedAt IS NULL AND s.AckAt IS NULL AND s.AssuredAt IS NULL THEN 1 ELSE 0 END) AS Pending,
  SUM(CASE WHEN s.ViolatedAt IS NOT NULL THEN 1 ELSE 0 END) AS Violating,
  MAX(s.StoppedAfterMs) AS LastAfterMs
FROM PauseStop s WHERE s.PauseId IN {{ids}} AND NOT EXISTS (SELECT 1 FROM PauseStopSummary x WHERE x.PauseId = s.PauseId)
GROUP BY s.PauseId
UNION ALL
SELECT x.PauseId AS PauseId, x.Population AS Population, x.Confirmed AS Confirmed, x.Assured AS Assured, x.Pending AS Pending, x.Violating AS Violating, x.LastAfterMs AS LastAfterMs
FROM PauseStopSummary x WHERE x.PauseId IN {{ids}}
