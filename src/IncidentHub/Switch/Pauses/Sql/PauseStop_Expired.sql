SELECT p.Id AS Id, p.ProgramId AS ProgramId FROM Pause p
WHERE p.EndedAt <= @EndedBefore AND p.Status = 'Lifted' AND EXISTS (SELECT 1 FROM PauseStop s WHERE s.PauseId = p.Id)
ORDER BY p.EndedAt, p.Id
