SELECT t.Week AS Week, t.Item AS Item, SUM(t.Total) AS Total
FROM DashboardTally t
WHERE t.Program = @Program AND t.Kind = 'Incidents' AND t.Week >= @FromWeek AND (t.Restricted = 0 OR @SeesRestricted = 1)
GROUP BY t.Week, t.Item
