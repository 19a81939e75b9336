SELECT DISTINCT h.ProgramId FROM HeldBatch h
INNER JOIN Pause p ON p.Id = h.PauseId
WHERE h.Disposition IS NULL AND h.OnlyDrills = 1 AND h.Class = 'A' AND p.Status = 'Lifted'
