SELECT i.Sev AS Sev, COUNT(*) AS Incidents
FROM Incident i
WHERE i.IsOpen = 1 AND {{visible}}
GROUP BY i.Sev
