UPDATE ApiKey SET RevokedAt = @Now, RevokedByName = @ByName WHERE Id = @Id AND RevokedAt IS NULL
