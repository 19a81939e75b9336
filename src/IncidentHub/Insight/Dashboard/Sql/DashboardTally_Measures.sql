SELECT t.Kind AS Kind, t.Item AS Item,
  SUM(CASE WHEN t.Week >= @FromWeek THEN t.Total ELSE 0 END) AS Present,
  SUM(CASE WHEN t.Week < @FromWeek THEN t.Total ELSE 0 END) AS Former
FROM DashboardTally t
WHERE t.Program = @Program AND t.Kind IN ('Acknowledge', 'Pause', 'Stop', 'Contain', 'Resolve', 'Decide') AND t.Week >= @FormerFrom AND (t.Restricted = 0 OR @SeesRestricted = 1)
GROUP BY t.Kind, t.Item
