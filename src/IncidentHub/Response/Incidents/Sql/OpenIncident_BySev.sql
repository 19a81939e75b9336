SELECT i.Sev AS Sev, COUNT(*) AS Incidents
FROM Incident i
WHERE i.IsOpen = 1 AND {{visible}}
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId AND fp.WithdrawnReason IS NULL) --?Program
GROUP BY i.Sev
