UPDATE ApiKey SET LastUsedAt = @Now WHERE Id = @Id
