SELECT COUNT(*) AS Total,
  COALESCE(SUM(CASE WHEN s.Status = 'Holding' AND s.CheckedAt > @FreshFrom THEN 1 ELSE 0 END), 0) AS Holding,
  COALESCE(SUM(CASE WHEN s.Status = 'Broken' THEN 1 ELSE 0 END), 0) AS Broken
FROM Safeguard s
JOIN Program p ON p.Id = s.ProgramId
WHERE p.Lifecycle = 'Live'
  AND p.Id = @ProgramId --?Program
