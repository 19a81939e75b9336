SELECT i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Cycle AS Cycle, i.UpdateDueAt AS UpdateDueAt,
  (SELECT c.OpenedAt FROM IncidentCycle c WHERE c.IncidentId = i.Id AND c.Number = i.Cycle) AS OpenedAt
FROM Incident i
WHERE i.IsOpen = 1 AND {{visible}}
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId AND fp.WithdrawnReason IS NULL) --?Program
ORDER BY i.Sev, i.DeclaredAt, i.Id
{{page}}
