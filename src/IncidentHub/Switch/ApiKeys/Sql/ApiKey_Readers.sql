SELECT COUNT(*) AS Keys FROM ApiKey k
WHERE k.Scopes LIKE '%evaluate%' AND k.RevokedAt IS NULL AND k.ExpiresAt > @Now AND k.LastUsedAt > @Since
  AND (EXISTS (SELECT 1 FROM ApiKeyProgram kp WHERE kp.ApiKeyId = k.Id AND kp.ProgramId = @ProgramId)
    OR NOT EXISTS (SELECT 1 FROM ApiKeyProgram none WHERE none.ApiKeyId = k.Id))
