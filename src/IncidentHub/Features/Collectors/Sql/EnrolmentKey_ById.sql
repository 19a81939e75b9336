SELECT k.Id, k.Name, k.Region, k.Categories, k.CreatedAt, k.CreatedByName, k.ExpiresAt, k.RevokedAt FROM EnrolmentKey k WHERE k.Id = @Id
