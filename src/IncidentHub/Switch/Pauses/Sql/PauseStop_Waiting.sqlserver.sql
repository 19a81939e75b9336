SELECT r.N AS N, s.PauseId, s.PermitJti, s.PermitExp, s.AssuredAt, p.InForceAt, p.GraceSeconds, p.FullyStoppedAt
FROM OPENJSON(@Rows) WITH (N bigint '$.n', C uniqueidentifier '$.c', P uniqueidentifier '$.p', E bigint '$.e') r
INNER JOIN Pause p ON p.ProgramId = r.P AND p.Status = 'InForce' AND p.Epoch <= r.E
INNER JOIN PauseStop s ON s.PauseId = p.Id AND s.CollectorId = r.C
WHERE s.AckAt IS NULL
