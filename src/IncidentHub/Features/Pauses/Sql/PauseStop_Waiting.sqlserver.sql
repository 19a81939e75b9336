SELECT r.N AS N, s.PauseId, s.PermitJti, s.PermitExp, s.AssuredAt, p.InForceAt, p.GraceSeconds, p.FullyStoppedAt
FROM OPENJSON(@Rows) WITH (N bigint '$.n', C uniqueidentifier '$.c', P uniqueidentifier '$.p', E bigint '$.e') r
INNER JOIN PauseStop s ON s.CollectorId = r.C
INNER JOIN Pause p ON p.Id = s.PauseId
WHERE p.ProgramId = r.P AND p.Status = 'InForce' AND p.Epoch <= r.E AND s.AckAt IS NULL
