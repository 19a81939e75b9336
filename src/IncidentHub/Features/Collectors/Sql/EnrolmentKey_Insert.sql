INSERT INTO EnrolmentKey (Id, Name, KeyHash, Region, Categories, CreatedAt, CreatedById, CreatedByName, ExpiresAt, RevokedAt, RevokedByName)
VALUES (@Id, @Name, @KeyHash, @Region, @Categories, @CreatedAt, @CreatedById, @CreatedByName, @ExpiresAt, NULL, NULL)
