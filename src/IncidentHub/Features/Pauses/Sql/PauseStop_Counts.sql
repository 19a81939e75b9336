SELECT PauseId, COUNT(*) AS Population,
  SUM(CASE WHEN ViolatedAt IS NULL AND AckAt IS NOT NULL THEN 1 ELSE 0 END) AS Confirmed,
  SUM(CASE WHEN ViolatedAt IS NULL AND AckAt IS NULL AND AssuredAt IS NOT NULL THEN 1 ELSE 0 END) AS Assured,
  SUM(CASE WHEN ViolatedAt IS NULL AND AckAt IS NULL AND AssuredAt IS NULL THEN 1 ELSE 0 END) AS Pending,
  SUM(CASE WHEN ViolatedAt IS NOT NULL THEN 1 ELSE 0 END) AS Violating,
  MAX(StoppedAfterMs) AS LastAfterMs
FROM PauseStop WHERE PauseId IN {{ids}}
GROUP BY PauseId
