SELECT h.Id FROM HeldBatch h
INNER JOIN Pause p ON p.Id = h.PauseId
WHERE h.Disposition IS NULL AND h.ProgramId = @ProgramId AND h.OnlyDrills = 1 AND h.Class = 'A' AND p.Status = 'Lifted'
ORDER BY h.HeldAt, h.Id
{{page}}
