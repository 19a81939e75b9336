SELECT kp.ApiKeyId, p.Code FROM ApiKeyProgram kp
INNER JOIN ApiKey k ON k.Id = kp.ApiKeyId
INNER JOIN Program p ON p.Id = kp.ProgramId
WHERE k.CreatedAt >= @FromAt AND k.CreatedAt <= @ToAt
ORDER BY p.Code
