SELECT k.Id, k.Name, k.Scopes, k.Region, k.Categories, k.CreatedAt, k.CreatedById, k.CreatedByName, k.ExpiresAt, k.RevokedAt, k.LastUsedAt FROM ApiKey k
INNER JOIN ApiKeyProgram kp ON kp.ApiKeyId = k.Id AND kp.ProgramId = @ProgramId --?Program
WHERE 1 = 1
  AND NOT EXISTS (SELECT 1 FROM ApiKeyProgram none WHERE none.ApiKeyId = k.Id) --?!Program
  AND k.CreatedById = @OwnerId --?Own
  AND (k.CreatedAt < @BeforeAt OR (k.CreatedAt = @BeforeAt AND k.Id < @BeforeId)) --?Before
ORDER BY k.CreatedAt DESC, k.Id DESC
{{page}}
