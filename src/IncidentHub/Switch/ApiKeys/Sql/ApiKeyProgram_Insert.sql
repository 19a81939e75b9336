INSERT INTO ApiKeyProgram (ApiKeyId, ProgramId) VALUES (@ApiKeyId, @ProgramId)
