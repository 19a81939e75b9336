SELECT h.Id, h.Class, h.Disposition, p.IncidentId FROM HeldBatch h
LEFT JOIN Pause p ON p.Id = h.PauseId
WHERE h.ProgramId = @ProgramId AND h.Id = @Id
