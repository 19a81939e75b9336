SELECT h.Id, h.Class, h.Disposition, p.IncidentId FROM HeldBatch h
LEFT JOIN Pause p ON p.Id = h.PauseId
WHERE h.Disposition IS NULL AND h.ProgramId = @ProgramId AND h.Class = @Class AND h.HeldAt <= @Until
ORDER BY h.HeldAt, h.Id
{{page}}
