INSERT INTO ApiKey (Id, Name, KeyHash, Scopes, Region, Categories, CreatedAt, CreatedById, CreatedByName, ExpiresAt, RevokedAt, RevokedByName, LastUsedAt)
VALUES (@Id, @Name, @KeyHash, @Scopes, @Region, @Categories, @CreatedAt, @CreatedById, @CreatedByName, @ExpiresAt, NULL, NULL, NULL)
