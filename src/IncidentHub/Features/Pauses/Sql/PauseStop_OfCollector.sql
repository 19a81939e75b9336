SELECT s.PauseId, s.PermitJti, s.PermitExp, s.AssuredAt, p.InForceAt, p.GraceSeconds, p.FullyStoppedAt FROM PauseStop s
INNER JOIN Pause p ON p.Id = s.PauseId
WHERE s.CollectorId = @CollectorId AND p.ProgramId = @ProgramId AND p.Status = 'InForce' AND p.Epoch <= @Epoch AND s.AckAt IS NULL
