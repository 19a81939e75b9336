-- A program with few incidents: those first.
SELECT {{incidentcolumns}}
FROM (SELECT l.IncidentId AS IncidentId FROM IncidentProgram l WHERE l.ProgramId = @RareProgramId AND l.WithdrawnReason IS NULL) few
CROSS JOIN Incident i
WHERE i.Id = few.IncidentId AND {{visible}}
{{incidentfilter}}
ORDER BY i.DeclaredAt DESC, i.Id DESC
{{page}}
