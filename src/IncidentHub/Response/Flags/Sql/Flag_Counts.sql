SELECT COALESCE(SUM(CASE WHEN f.Status = 'Waiting' THEN 1 ELSE 0 END), 0) AS Waiting,
  COALESCE(SUM(CASE WHEN f.Status = 'Acknowledged' THEN 1 ELSE 0 END), 0) AS Acknowledged
FROM Flag f
WHERE f.Status IN ('Waiting', 'Acknowledged')
