SELECT k.Id, k.Name, k.Scopes, k.Region, k.Categories, k.CreatedAt, k.CreatedById, k.CreatedByName, k.ExpiresAt, k.RevokedAt, k.LastUsedAt FROM ApiKey k WHERE k.KeyHash = @KeyHash
