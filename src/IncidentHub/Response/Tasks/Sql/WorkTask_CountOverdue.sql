SELECT COUNT(*)
FROM WorkTask t
LEFT JOIN Incident i ON i.Id = t.IncidentId
WHERE t.Status IN ('Open', 'AwaitingCheck') AND t.DueAt < @Now AND (t.IncidentId IS NULL OR {{visible}} OR t.OwnerId = @ViewerId)
  AND (t.ProgramId = @AboutProgramId OR EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = t.IncidentId AND fp.ProgramId = @AboutProgramId AND fp.WithdrawnReason IS NULL)) --?About
  AND t.OwnerId = @ViewerId --?Mine
