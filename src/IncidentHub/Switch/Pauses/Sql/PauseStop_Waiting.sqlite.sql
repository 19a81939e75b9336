SELECT json_extract(j.value, '$.n') AS N, s.PauseId, s.PermitJti, s.PermitExp, s.AssuredAt, p.InForceAt, p.GraceSeconds, p.FullyStoppedAt
FROM json_each(@Rows) j
CROSS JOIN Pause p ON p.ProgramId = json_extract(j.value, '$.p') AND p.Status = 'InForce' AND p.Epoch <= json_extract(j.value, '$.e')
CROSS JOIN PauseStop s ON s.PauseId = p.Id AND s.CollectorId = json_extract(j.value, '$.c')
WHERE s.AckAt IS NULL
