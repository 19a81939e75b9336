SELECT p.Id AS Id FROM Pause p
WHERE p.EndedAt <= @EndedBefore AND p.Status = 'Lifted' AND EXISTS (SELECT 1 FROM PauseStop s WHERE s.PauseId = p.Id)
ORDER BY p.EndedAt, p.Id
