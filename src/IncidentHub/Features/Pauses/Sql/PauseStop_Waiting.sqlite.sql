SELECT json_extract(j.value, '$.n') AS N, s.PauseId, s.PermitJti, s.PermitExp, s.AssuredAt, p.InForceAt, p.GraceSeconds, p.FullyStoppedAt
FROM json_each(@Rows) j
CROSS JOIN PauseStop s ON s.CollectorId = json_extract(j.value, '$.c')
CROSS JOIN Pause p ON p.Id = s.PauseId
WHERE p.ProgramId = json_extract(j.value, '$.p') AND p.Status = 'InForce' AND p.Epoch <= json_extract(j.value, '$.e') AND s.AckAt IS NULL
